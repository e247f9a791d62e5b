-- revision: 2
-- Every state an Atom ever had: one row for its registration, each rename, each change of its status and its deletion.
create table if not exists process_deployment.atom_history (
    account_id    text        not null,
    atom_id       uuid        not null,
    valid_from    bigint      not null,
    valid_to      bigint,
    name          text        not null,
    host_name     text,
    atom_type     text        not null,
    time_zone     text        not null,
    registered_by text        not null,
    registered_at timestamptz not null,
    changed_by    text        not null,
    changed_at    timestamptz not null,
    deleted       boolean     not null,
    primary key (account_id, atom_id, valid_from)
);
alter table process_deployment.atom_history add column if not exists status text not null default 'UNKNOWN';
