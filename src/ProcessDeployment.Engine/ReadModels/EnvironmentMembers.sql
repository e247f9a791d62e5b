-- Which Atom was in which environment, one at a time, and which Process was attached to which; and when.
create table if not exists process_deployment.environment_atom (
    account_id     text        not null,
    atom_id        uuid        not null,
    valid_from     bigint      not null,
    valid_to       bigint,
    environment_id uuid        not null,
    attached_by    text        not null,
    attached_at    timestamptz not null,
    primary key (account_id, atom_id, valid_from)
);
create index if not exists environment_atom_of on process_deployment.environment_atom (environment_id, account_id, atom_id) where valid_to is null;
-- The past: what ended after the moment that is asked about.
create index if not exists environment_atom_of_closed on process_deployment.environment_atom (environment_id, account_id, valid_to) where valid_to is not null;

create table if not exists process_deployment.environment_process (
    account_id     text        not null,
    process_id     uuid        not null,
    environment_id uuid        not null,
    valid_from     bigint      not null,
    valid_to       bigint,
    attached_by    text        not null,
    attached_at    timestamptz not null,
    primary key (process_id, account_id, environment_id, valid_from)
);
create index if not exists environment_process_of on process_deployment.environment_process (environment_id, account_id, process_id) where valid_to is null;
create index if not exists environment_process_of_closed on process_deployment.environment_process (environment_id, account_id, valid_to) where valid_to is not null;
