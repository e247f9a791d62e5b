-- Whether listeners on Atoms took requests: one row for each pause, resumption and restart. A detach ends the last; what is in no row runs.
create table if not exists process_deployment.listener_status (
    account_id text        not null,
    process_id uuid        not null,
    atom_id    uuid        not null,
    valid_from bigint      not null,
    valid_to   bigint,
    status     text        not null,
    changed_by text        not null,
    changed_at timestamptz not null,
    primary key (process_id, account_id, atom_id, valid_from)
);
create unique index if not exists listener_status_now on process_deployment.listener_status (process_id, account_id, atom_id) where valid_to is null;
