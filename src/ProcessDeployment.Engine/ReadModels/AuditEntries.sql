-- revision: 2
-- Every event of an account in a form that can be filtered and read. The body of an event stays where it is, in
-- events.mt_events, and is looked up by account and position.
create table if not exists process_deployment.audit_entry (
    account_id     text        not null,
    position       bigint      not null,
    time           timestamptz not null,
    actor          text        not null,
    type           text        not null,
    stream         text        not null,
    -- The component or Process it happened to; null for Atoms and licences.
    component_id   uuid,
    -- What it happened to, by the name it had then.
    name           text        not null,
    -- What happened, with the names the Atoms had then.
    summary        text        not null,
    reason         text,
    command_id     uuid,
    correlation_id text,
    causation_id   text,
    channel        text,
    source         text,
    primary key (account_id, position)
);
create index if not exists audit_entry_time on process_deployment.audit_entry (account_id, time, position);
create index if not exists audit_entry_component on process_deployment.audit_entry (account_id, component_id, position) where component_id is not null;
create index if not exists audit_entry_actor on process_deployment.audit_entry (account_id, actor, position);
create index if not exists audit_entry_type on process_deployment.audit_entry (account_id, type, position);

create table if not exists process_deployment.audit_atom (
    account_id text   not null,
    atom_id    uuid   not null,
    position   bigint not null,
    primary key (account_id, atom_id, position)
);
-- Which Atoms an entry is about.
create index if not exists audit_atom_entry on process_deployment.audit_atom (account_id, position, atom_id);
