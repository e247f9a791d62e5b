-- revision: 3
-- Every state a component ever had: one row for each save, delete and restore, from its position to the next one's.
create table if not exists process_deployment.component_history (
    account_id      text        not null,
    component_id    uuid        not null,
    valid_from      bigint      not null,
    valid_to        bigint,
    component_type  text        not null,
    name            text        not null,
    -- The name folded for search and order: by .NET, so that it does not depend on the locale of a database.
    name_key        text        collate "C" not null,
    folder          text,
    revision        int         not null,
    content_hash    text        not null,
    connector_type  text,
    connector_class text,
    start_step      text,
    refers_to       jsonb       not null,
    extensions      jsonb       not null,
    source_revision text,
    -- Who made the revision, and who made this row: they differ for delete and restore.
    saved_by        text        not null,
    saved_at        timestamptz not null,
    changed_by      text        not null,
    changed_at      timestamptz not null,
    deleted         boolean     not null,
    primary key (account_id, component_id, valid_from)
) with (fillfactor = 85);
-- What there is now, by name.
create index if not exists component_history_now on process_deployment.component_history (account_id, name_key, component_id) where valid_to is null;
drop index if exists process_deployment.component_history_processes;
