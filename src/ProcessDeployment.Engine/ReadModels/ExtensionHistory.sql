-- What extensions were set to, on which Atom: one row for each value. Of a secret, that it was set.
create table if not exists process_deployment.extension_value (
    account_id  text        not null,
    process_id  uuid        not null,
    atom_id     uuid        not null,
    key         text        not null,
    valid_from  bigint      not null,
    valid_to    bigint,
    secret      boolean     not null,
    value       text,
    use_default boolean     not null,
    set_by      text        not null,
    set_at      timestamptz not null,
    primary key (process_id, account_id, atom_id, key, valid_from)
);
-- What is set now, without walking over all that was set before.
create unique index if not exists extension_value_now on process_deployment.extension_value (process_id, account_id, atom_id, key) where valid_to is null;
