-- revision: 3
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

-- A message without what may be secret in it, whatever its form: nobody can say what a malformed one was to be. Of one that was
-- to set extensions or a webhook only who sent it and about what is kept; elsewhere the texts of members called value or secret.
create or replace function process_deployment.without_secrets(message text) returns text language sql immutable as $$
    select case
        when message ~* 'set.{0,12}(extension|webhook)' then jsonb_strip_nulls(jsonb_build_object(
            'id', process_deployment.read_text(message, 'id'), 'source', process_deployment.read_text(message, 'source'), 'type', process_deployment.read_text(message, 'type'),
            'data', jsonb_build_object(
                'accountId', process_deployment.read_text(message, 'data', 'accountId'), 'actor', process_deployment.read_text(message, 'data', 'actor'),
                'processId', process_deployment.read_text(message, 'data', 'processId'), 'atomId', process_deployment.read_text(message, 'data', 'atomId')),
            'withheld', 'the rest, which may hold secret values'))::text
        else regexp_replace(message, '"(value|secret)"(\s*:\s*)"([^"\\]|\\.)*("|$)', '"\1"\2"[withheld]"', 'gi') end
$$;
