-- Secret values, encrypted with a key that is not in the database. They follow no event, which says only that they changed: what
-- is set anew or taken away is gone, and no history, export or proof holds it.
create table if not exists process_deployment.secret_key (
    number  int         primary key,
    key_id  text        not null unique,
    made_at timestamptz not null default clock_timestamp()
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
