-- When Processes are to run on Atoms: one row for each list that was set, and one for each change of whether it is at work.
create table if not exists process_deployment.schedule_list (
    account_id text        not null,
    process_id uuid        not null,
    atom_id    uuid        not null,
    valid_from bigint      not null,
    valid_to   bigint,
    time_zone  text        not null,
    schedules  jsonb       not null,
    retry      jsonb,
    set_by     text        not null,
    set_at     timestamptz not null,
    primary key (process_id, account_id, atom_id, valid_from)
);
create unique index if not exists schedule_list_now on process_deployment.schedule_list (process_id, account_id, atom_id) where valid_to is null;
create table if not exists process_deployment.schedule_status (
    account_id    text        not null,
    process_id    uuid        not null,
    atom_id       uuid        not null,
    valid_from    bigint      not null,
    valid_to      bigint,
    status        text        not null,
    suspended_for text,
    changed_by    text        not null,
    changed_at    timestamptz not null,
    primary key (process_id, account_id, atom_id, valid_from)
);
create unique index if not exists schedule_status_now on process_deployment.schedule_status (process_id, account_id, atom_id) where valid_to is null;
