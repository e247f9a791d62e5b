-- revision: 3
-- Rebuilds of read models and current state, and proofs: over all nodes at most one at a time in each place.
create table if not exists process_deployment.rebuild_job (
    job_id           uuid        primary key,
    models           text[]      not null,
    -- Null for all accounts.
    account_id       text,
    verify_only      boolean     not null,
    asked_in         text        not null,
    actor            text        not null,
    -- Who runs it, or ran it last: anew each time it is begun or gone on with, and nobody else may write how far it is.
    runner           uuid        not null,
    status           text        not null check (status in ('running', 'completed', 'failed', 'cancelled')),
    phase            text        not null,
    cancelling       boolean     not null default false,
    events_read      bigint      not null default 0,
    events_total     bigint      not null default 0,
    started_at       timestamptz not null default clock_timestamp(),
    ended_at         timestamptz,
    failure          text,
    -- What the proof found.
    findings         jsonb,
    -- How far it is, so that it can go on: written in the transactions that bring it there.
    until_sequence   bigint,
    reached_sequence bigint,
    accounts_done    text[]      not null default '{}',
    left_to_define   text[]      not null default '{}',
    -- The hashes of the scripts that made the tables it fills.
    script_hashes    text[]      not null default '{}'
);
create index if not exists rebuild_job_newest on process_deployment.rebuild_job (started_at desc);

-- Whether it builds all that the release that began it builds from events. Null before that was noted: then it is all when it
-- names what there was when this column came.
alter table process_deployment.rebuild_job add column if not exists everything boolean;
update process_deployment.rebuild_job set everything = not verify_only and models @> array[
    'component-history', 'component-references', 'atom-history', 'attachments', 'version-history', 'pinned-components', 'licence-history',
    'process-list', 'process-names', 'process-name-history', 'audit-entries', 'read-positions', 'current-state']
where everything is null;

-- Where it is at work; null while it waits, and of those from before there were several places.
alter table process_deployment.rebuild_job add column if not exists place int;

-- Where the tables of the next generation grow before they take the place of those that answer; in those with a number rows of one account.
create schema if not exists process_deployment_next;
create schema if not exists process_deployment_next_1;
create schema if not exists process_deployment_next_2;
create schema if not exists process_deployment_next_3;
