-- When each key was last used, to the minute, so that one that nobody uses any more is seen. It decides nothing.
create table if not exists process_deployment.api_key_use (
    account_id text        not null,
    key_id     uuid        not null,
    used_at    timestamptz not null,
    primary key (account_id, key_id)
);
