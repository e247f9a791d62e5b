-- revision: 10
-- What decisions look at: written by the pipeline in the transaction of the events, rebuilt from them when needed.
-- Every table begins with the account: the tenant, the unit of order, and the first column of every key.

create table if not exists process_deployment.account (
    account_id text primary key check (account_id ~ '^[a-z0-9-]{1,63}$'),
    position   bigint      not null default 0,
    last_time  timestamptz not null default '-infinity',
    created_at timestamptz not null default now()
) with (fillfactor = 50);

create table if not exists process_deployment.component_state (
    account_id     text   not null,
    component_id   uuid   not null,
    stream_version bigint not null,
    state          jsonb  not null,
    primary key (account_id, component_id)
) with (fillfactor = 70);

-- Dependent references only, both ways: closures go forward, warnings go back. Written when references change.
create table if not exists process_deployment.component_dependency (
    account_id text not null,
    from_id    uuid not null,
    to_id      uuid not null,
    primary key (account_id, from_id, to_id)
);
create index if not exists component_dependency_reverse on process_deployment.component_dependency (account_id, to_id, from_id);

create table if not exists process_deployment.atom_state (
    account_id     text   not null,
    atom_id        uuid   not null,
    stream_version bigint not null,
    state          jsonb  not null,
    primary key (account_id, atom_id)
);

-- States of before Atoms said how they are.
update process_deployment.atom_state set state = state || '{"status": "UNKNOWN"}' where not state ? 'status';

create table if not exists process_deployment.attachment_state (
    account_id text not null,
    atom_id    uuid not null,
    process_id uuid not null,
    primary key (account_id, atom_id, process_id)
);

-- A Process on an Atom: what outlives its attachment.
create table if not exists process_deployment.process_atom_state (
    account_id     text   not null,
    process_id     uuid   not null,
    atom_id        uuid   not null,
    stream_version bigint not null,
    state          jsonb  not null,
    primary key (account_id, process_id, atom_id)
) with (fillfactor = 70);

create table if not exists process_deployment.execution_state (
    account_id     text   not null,
    execution_id   uuid   not null,
    stream_version bigint not null,
    state          jsonb  not null,
    primary key (account_id, execution_id)
) with (fillfactor = 70);
-- What has not ended, however much has: asked for where a Process may not run twice at a time.
create index if not exists execution_under_way on process_deployment.execution_state (account_id, (state ->> 'processId'), (state ->> 'atomId'))
    where state ->> 'status' in ('REQUESTED', 'STARTED');

create table if not exists process_deployment.environment_state (
    account_id     text   not null,
    environment_id uuid   not null,
    stream_version bigint not null,
    state          jsonb  not null,
    primary key (account_id, environment_id)
);

-- Whether the account uses environments, and what is in them.
create table if not exists process_deployment.environment_use_state (
    account_id     text    primary key,
    stream_version bigint  not null,
    enabled        boolean not null
);

create table if not exists process_deployment.environment_atom_state (
    account_id     text not null,
    environment_id uuid not null,
    atom_id        uuid not null,
    primary key (account_id, environment_id, atom_id)
);

create table if not exists process_deployment.environment_process_state (
    account_id     text not null,
    environment_id uuid not null,
    process_id     uuid not null,
    primary key (account_id, environment_id, process_id)
);

create table if not exists process_deployment.webhook_state (
    account_id     text   not null,
    webhook_id     uuid   not null,
    stream_version bigint not null,
    state          jsonb  not null,
    primary key (account_id, webhook_id)
);

-- Who may do what: of each role, member, key, producer, freeze and pass the event that says how it is now.
create table if not exists process_deployment.access_state (
    account_id text  not null,
    kind       text  not null,
    key        text  not null,
    state      jsonb not null,
    primary key (account_id, kind, key)
);

create table if not exists process_deployment.access_use_state (
    account_id     text   primary key,
    stream_version bigint not null
);
-- Another one whenever the rows above are written: what was remembered under a former one is asked for again, also after a restore.
alter table process_deployment.access_use_state add column if not exists mark uuid default gen_random_uuid();

create table if not exists process_deployment.process_version (
    account_id     text  not null,
    process_id     uuid  not null,
    version_number int   not null,
    digest         text  not null,
    content_digest text  not null,
    manifest       jsonb not null,
    primary key (account_id, process_id, version_number)
);

-- What became of single versions: those that have a label or were withdrawn.
create table if not exists process_deployment.process_version_mark (
    account_id     text    not null,
    process_id     uuid    not null,
    version_number int     not null,
    label          text,
    withdrawn      boolean not null,
    primary key (account_id, process_id, version_number)
);

create table if not exists process_deployment.licence_state (
    account_id     text   primary key,
    stream_version bigint not null,
    mode           text   not null
);

create table if not exists process_deployment.licence_pool (
    account_id     text not null,
    class          text not null,
    classification text not null,
    purchased      int,
    used           int  not null,
    primary key (account_id, class, classification)
) with (fillfactor = 50);

create table if not exists process_deployment.licence_holding (
    account_id   text not null,
    component_id uuid not null,
    atom_id      uuid not null,
    class        text not null,
    process_id   uuid not null,
    primary key (account_id, component_id, atom_id, class, process_id)
);
-- An Atom is in one classification at a time: those of before environments are all production.
alter table process_deployment.licence_holding add column if not exists classification text not null default 'Production';
drop index if exists process_deployment.licence_holding_by_class;
drop index if exists process_deployment.licence_holding_by_class_and_pair;
create index if not exists licence_holding_by_pool on process_deployment.licence_holding (account_id, class, classification, component_id, atom_id);
