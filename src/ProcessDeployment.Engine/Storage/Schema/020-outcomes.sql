-- A command takes effect once per account for ever: its id, what it said, and what became of it. Never deleted.
create table if not exists process_deployment.command_outcome (
    account_id      text        not null,
    command_id      uuid        not null,
    fingerprint     bytea       not null,
    status          text        not null,
    position        bigint      not null,
    event_count     int         not null,
    warnings        jsonb,
    refusal_code    text,
    refusal_message text,
    -- Null when the …Refused event of the command holds them already.
    refusal_details jsonb,
    type            text        not null,
    actor           text        not null,
    reason          text,
    channel         text        not null,
    source          text        not null,
    -- What the command was about: auditors ask about attempts that left no event.
    subjects        uuid[]      not null,
    decided_at      timestamptz not null,
    primary key (account_id, command_id)
);
create index if not exists command_outcome_refused on process_deployment.command_outcome (account_id, position, decided_at)
    where status = 'refused' and event_count = 0;
create index if not exists command_outcome_refused_subjects on process_deployment.command_outcome using gin (subjects)
    where status = 'refused' and event_count = 0;

-- Content is kept once per account and hash and never updated.
create table if not exists process_deployment.content (
    account_id   text not null,
    content_hash text not null,
    body         text not null,
    primary key (account_id, content_hash)
);

-- Refuses a write that would lie: the streams were not where the decision had seen them.
create or replace function process_deployment.expect_rows(actual bigint, expected bigint, what text) returns void language plpgsql as $$
begin
    if actual <> expected then
        raise exception '%: expected % rows, found %', what, expected, actual using errcode = '40001';
    end if;
end $$;
