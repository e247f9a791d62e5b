-- What comes due next: a list of work, not a record. One row for each Process on an Atom whose schedules are at work, written
-- with the events that set or rest them; whoever fires a run moves its row on.
create table if not exists process_deployment.schedule_due (
    account_id    text        not null,
    process_id    uuid        not null,
    atom_id       uuid        not null,
    due           timestamptz not null,
    -- Since when runs are missed because the Atom is away; the first was told, the rest is told with the next run.
    missed_from   timestamptz,
    -- Until then a node works on it, and others leave it alone.
    claimed_until timestamptz not null default '-infinity',
    primary key (account_id, process_id, atom_id)
) with (fillfactor = 70);
-- Ten thousand schedules cost nothing until the first of them comes due.
-- Scheduled executions that failed and are tried again.
create table if not exists process_deployment.retry_due (
    account_id    text        not null,
    execution_id  uuid        not null,
    process_id    uuid        not null,
    atom_id       uuid        not null,
    attempt       int         not null,
    due           timestamptz not null,
    claimed_until timestamptz not null default '-infinity',
    primary key (account_id, execution_id)
);
create index if not exists retry_due_next on process_deployment.retry_due (due);
create index if not exists schedule_due_next on process_deployment.schedule_due (due);
