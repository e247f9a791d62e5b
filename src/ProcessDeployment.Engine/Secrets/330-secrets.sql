-- revision: 2
-- Secret values, encrypted with a key that is not in the database. They follow no event, which says only that they changed: what
-- is set anew or taken away is gone, and no history, export or proof holds it.
create table if not exists process_deployment.secret_key (
    number  int         primary key,
    key_id  text        not null unique,
    made_at timestamptz not null default clock_timestamp()
);
-- Who asked for it, null for the first; and when the history was told.
alter table process_deployment.secret_key add column if not exists made_by text;
alter table process_deployment.secret_key add column if not exists noted_at timestamptz;

-- Keys that nothing is sealed with any more, for nodes that still have the file.
create table if not exists process_deployment.removed_secret_key (
    number     int         primary key,
    key_id     text        not null unique,
    made_at    timestamptz not null,
    removed_at timestamptz not null default clock_timestamp()
);

-- Values of extensions of a Process on an Atom.
create table if not exists process_deployment.extension_secret (
    account_id text  not null,
    process_id uuid  not null,
    atom_id    uuid  not null,
    key        text  not null,
    key_id     text  not null,
    sealed     bytea not null,
    primary key (account_id, process_id, atom_id, key)
);
create index if not exists extension_secret_key on process_deployment.extension_secret (key_id);
