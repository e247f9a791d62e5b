-- What could not be brought to the domain, on any channel, with the reason its sender would have got over HTTP.
create table if not exists process_deployment.dead_letter (
    id          bigint      generated always as identity primary key,
    channel     text        not null,
    -- Read from the text where that was possible; nothing here was verified.
    account_id  text,
    command_id  uuid,
    received_at timestamptz not null,
    buried_at   timestamptz not null default clock_timestamp(),
    -- malformed, or the code of a refusal that is not stored (unknown-account), or failed.
    status      text        not null,
    reason      text        not null,
    errors      jsonb       not null,
    body        text        not null,
    -- Bytes of the whole message; more than the body has when it was too large to keep.
    size        bigint      not null,
    truncated   boolean     not null
);
create index if not exists dead_letter_by_account on process_deployment.dead_letter (account_id, id);
create index if not exists dead_letter_by_command on process_deployment.dead_letter (command_id) where command_id is not null;
