-- How far the read models of an account are: every answer says it, and atLeast waits for it.
create table if not exists process_deployment.read_position (
    account_id text        primary key,
    position   bigint      not null,
    time       timestamptz not null
) with (fillfactor = 50);
