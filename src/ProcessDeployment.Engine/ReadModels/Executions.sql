-- Executions: one row for each, with the position of each step of its life, so that every moment of it can be told.
create table if not exists process_deployment.execution (
    account_id      text        not null,
    execution_id    uuid        not null,
    process_id      uuid        not null,
    atom_id         uuid        not null,
    kind            text        not null,
    version_number  int         not null,
    properties      jsonb,
    due_at          timestamptz,
    retry_of        uuid,
    attempt         int,
    parent_id       uuid,
    top_level_id    uuid,
    begun_from      bigint      not null,
    begun_by        text        not null,
    begun_at        timestamptz not null,
    started_from    bigint,
    started_at      timestamptz,
    started_version int,
    cancelled_from  bigint,
    cancelled_by    text,
    cancelled_at    timestamptz,
    ended_from      bigint,
    ended_at        timestamptz,
    ended_as        text,
    message         text,
    log_tail        text,
    primary key (account_id, execution_id)
) with (fillfactor = 70);
create index if not exists execution_by_parent on process_deployment.execution (account_id, parent_id) where parent_id is not null;
create index if not exists execution_by_time on process_deployment.execution (account_id, begun_from);
create index if not exists execution_by_process on process_deployment.execution (account_id, process_id, begun_from);
create index if not exists execution_by_atom on process_deployment.execution (account_id, atom_id, begun_from);
-- What an Atom still has to do, however much it has done.
create index if not exists execution_open on process_deployment.execution (account_id, atom_id, begun_from) where ended_from is null;
