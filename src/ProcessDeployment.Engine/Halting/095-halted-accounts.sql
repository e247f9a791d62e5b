-- Accounts whose read models stand still before an event that could not be read. Pages of the projection leave out what comes
-- after it; all other accounts go on.
create table if not exists process_deployment.halted_account (
    account_id text        primary key,
    -- The first event that the read models lack.
    position   bigint      not null,
    stream     text,
    type       text,
    -- Null while nothing is wrong with it any more and what was left out is being caught up.
    problem    text,
    since      timestamptz not null default clock_timestamp()
);

-- Accounts that a rebuild left as they were, because it met an event it could not read.
create table if not exists process_deployment.rebuild_left (
    job_id     uuid   not null,
    account_id text   not null,
    position   bigint not null,
    stream     text,
    problem    text   not null,
    primary key (job_id, account_id)
);

-- Events that an operator marked as skipped. Told by the history itself, so it needs no rebuild and cannot differ from it.
create index if not exists mt_events_skipped on events.mt_events (tenant_id, ((data ->> 'eventPosition')::bigint))
    where type = 'processdeployment.event-skipped.v1';

create or replace view process_deployment.skipped_event as
select e.tenant_id as account_id,
       (e.data ->> 'eventPosition')::bigint as position,
       e.data ->> 'eventStream' as stream,
       e.data ->> 'eventType' as type,
       e.data ->> 'reason' as reason,
       e.user_name as actor,
       e.timestamp as time
from events.mt_events e
where e.type = 'processdeployment.event-skipped.v1';
