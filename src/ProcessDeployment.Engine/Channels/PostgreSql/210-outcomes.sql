-- revision: 4
-- Answers that are stored nowhere else: the command was known already. One row per command: the latest repeat.
create table if not exists process_deployment.repeat_answer (
    account_id text        not null,
    command_id uuid        not null,
    -- Null when the first outcome was given again.
    refusal    jsonb,
    answered_at timestamptz not null default clock_timestamp(),
    primary key (account_id, command_id)
);

-- Outcomes as they are sent over every channel.
create or replace view process_deployment.stored_outcome as
select o.account_id, o.command_id, o.status, o.position, o.decided_at,
       jsonb_strip_nulls(jsonb_build_object(
           'commandId', o.command_id,
           'status', o.status,
           'replayed', false,
           'position', o.position,
           'events', coalesce(e.list, '[]'),
           'receipt', e.receipt,
           'warnings', coalesce(o.warnings, '[]'),
           'refusal', case when o.refusal_code is not null then jsonb_build_object(
               'code', o.refusal_code, 'message', o.refusal_message, 'details', coalesce(o.refusal_details, e.details)) end)) as outcome
from process_deployment.command_outcome o
left join lateral (
    select jsonb_agg(jsonb_build_object('stream', m.stream_id, 'type', m.type, 'number', m.version, 'position', (m.headers ->> 'position')::bigint)
                     order by (m.headers ->> 'position')::bigint) as list,
           jsonb_agg(jsonb_build_object(
                         'processId', d.today -> 'processId',
                         'atomId', d.today -> 'atomId',
                         'change', case d.type when 'processdeployment.atom-attached.v1' then 'attached' when 'processdeployment.atom-detached.v1' then 'detached'
                             when 'processdeployment.schedules-resumed.v1' then 'schedulesResumed' else 'schedulesSuspended' end,
                         'versionNumber', coalesce(d.today -> 'effectiveVersion', d.today -> 'formerVersion'),
                         'licencesTaken', coalesce(d.today #> '{audit,netNew}', '[]'),
                         'licencesFreed', coalesce(d.today -> 'licencesFreed', '[]'),
                         'suspended', coalesce(d.today -> 'suspended', '[]'))
                     order by (m.headers ->> 'position')::bigint)
               filter (where d.today is not null) as receipt,
           (array_agg(m.data -> 'details') filter (where m.data ? 'details'))[1] as details
    from events.mt_events m
    left join lateral (
        select t.type, process_deployment.event_today(m.type, m.data) as today from (select process_deployment.event_type_today(m.type) as type) t
        where t.type in ('processdeployment.atom-attached.v1', 'processdeployment.atom-detached.v1',
            'processdeployment.schedules-resumed.v1', 'processdeployment.schedules-suspended.v1')) d on true
    where m.tenant_id = o.account_id and (m.headers ->> 'position')::bigint between o.position - o.event_count + 1 and o.position
) e on o.event_count > 0;

-- Every answer a sender can look for by its command id: first outcomes, the latest answer to a repeat of each, and what never
-- became a command. A repeat has replayed = true inside; order by decided_at for the latest.
create or replace view process_deployment.outcome as
select account_id, command_id, status, position, outcome, decided_at from process_deployment.stored_outcome
union all
select s.account_id, s.command_id,
       case when r.refusal is null then s.status else 'refused' end,
       s.position,
       case when r.refusal is null then jsonb_set(s.outcome, '{replayed}', 'true')
            else jsonb_build_object('commandId', s.command_id, 'status', 'refused', 'replayed', false, 'position', s.position,
                                    'events', '[]'::jsonb, 'warnings', '[]'::jsonb, 'refusal', r.refusal) end,
       r.answered_at
from process_deployment.repeat_answer r
join process_deployment.stored_outcome s on s.account_id = r.account_id and s.command_id = r.command_id
union all
select d.account_id, d.command_id,
       case d.status when 'unknown-account' then 'refused' else d.status end,
       0,
       case d.status
           when 'unknown-account' then jsonb_build_object('commandId', d.command_id, 'status', 'refused', 'replayed', false, 'position', 0,
               'events', '[]'::jsonb, 'warnings', '[]'::jsonb, 'refusal', jsonb_build_object('code', d.status, 'message', d.reason))
           else jsonb_build_object('commandId', d.command_id, 'status', d.status, 'errors', d.errors) end,
       d.buried_at
from process_deployment.dead_letter d
where d.command_id is not null;

-- Waits for the answer to a command that was sent and committed before; null when there is none in time. Given twice, the latest:
-- the row in the intake goes with its answer, so as long as one waits the answer that is there is to an earlier command.
create or replace function process_deployment.await_outcome(account text, command uuid, patience interval default '10 seconds')
    returns jsonb language plpgsql as $$
declare
    found_outcome jsonb;
    until timestamptz := clock_timestamp() + patience;
    pause float := 0.002;
begin
    loop
        if not exists (select 1 from process_deployment.command_intake i where i.command_id = command) then
            select o.outcome into found_outcome from process_deployment.outcome o
            where o.command_id = command and o.account_id = account
            order by o.decided_at desc limit 1;
            if found_outcome is null then
                select o.outcome into found_outcome from process_deployment.outcome o
                where o.command_id = command and o.account_id is null
                order by o.decided_at desc limit 1;
            end if;
        end if;
        if found_outcome is not null or clock_timestamp() >= until then return found_outcome; end if;
        perform pg_sleep(pause);
        pause := least(pause * 1.5, 0.1);
    end loop;
end $$;
