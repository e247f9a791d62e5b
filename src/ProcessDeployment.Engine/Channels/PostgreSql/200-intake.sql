-- revision: 3
-- Commands wait here as text until they are judged; a row goes in the transaction that writes its effects.
create table if not exists process_deployment.command_intake (
    id          bigint      generated always as identity primary key,
    body        text        not null,
    received_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_scale_factor = 0.5);

-- The id as far as it could be read: while a command waits, nobody is given the answer to another one of the same id.
alter table process_deployment.command_intake add column if not exists command_id uuid;
create index if not exists command_intake_by_command on process_deployment.command_intake (command_id) where command_id is not null;

-- Set while it waits for a node that knows its type.
alter table process_deployment.command_intake add column if not exists set_aside_at timestamptz;

-- The login that sent it, as the database knows it and whatever the sender says.
alter table process_deployment.command_intake add column if not exists sent_by name not null default session_user;

create or replace function process_deployment.say_who_sends() returns trigger language plpgsql as $$
begin
    new.sent_by := session_user;
    return new;
end $$;

create or replace trigger command_intake_sender before insert on process_deployment.command_intake for each row execute function process_deployment.say_who_sends();

-- The CloudEvent of a signed command (a compact JWS), and any other text as it is: never an error.
create or replace function process_deployment.payload_of(body text) returns text language plpgsql immutable as $$
begin
    if body !~ '^ey[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$' then return body; end if;
    return convert_from(decode(rpad(translate(split_part(body, '.', 2), '-_', '+/'), 4 * ((length(split_part(body, '.', 2)) + 3) / 4), '='), 'base64'), 'UTF8');
exception when others then
    return body;
end $$;

-- What a text says at a path, or null: never an error, whatever the text is.
create or replace function process_deployment.read_text(body text, variadic path text[]) returns text language plpgsql immutable as $$
begin
    return body::json #>> path;
exception when others then
    return null;
end $$;

create or replace function process_deployment.read_uuid(body text, variadic path text[]) returns uuid language plpgsql immutable as $$
begin
    return (body::json #>> path)::uuid;
exception when others then
    return null;
end $$;

-- Takes a command as a CloudEvent and gives its id, or null when the text has none; a malformed text is kept and ends in the
-- dead letters. Commit, then look at process_deployment.outcome or call await_outcome.
create or replace function process_deployment.send_command(command text) returns uuid language plpgsql as $$
declare
    sent_id uuid := process_deployment.read_uuid(process_deployment.payload_of(command), 'id');
begin
    insert into process_deployment.command_intake (body, command_id) values (coalesce(command, ''), sent_id);
    perform pg_notify('process_deployment_commands', '');
    return sent_id;
end $$;
