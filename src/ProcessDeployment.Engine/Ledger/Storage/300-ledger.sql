-- The sealed log: what is in it is never updated and never deleted, and its owner grants nobody the right to.
create schema if not exists ledger;

create table if not exists ledger.log (
    only_row   boolean     primary key default true check (only_row),
    id         uuid        not null,
    started_at timestamptz not null default now()
);

-- An account has its place in the tree over all heads, from the first time it is sealed on.
create table if not exists ledger.account (
    account_id text   primary key,
    index      bigint not null unique
);

-- A full tile: at level 0 the hashes of 256 leaves and the root over them; above, the root over 256 tiles of the level below.
create table if not exists ledger.tile (
    account_id text   not null,
    level      int    not null,
    index      bigint not null,
    root       bytea  not null,
    hashes     bytea,
    primary key (account_id, level, index)
);
-- Hashes do not compress, so nobody shall try.
alter table ledger.tile alter column hashes set storage external;

-- Leaf hashes as they came, where they did not fill a tile.
create table if not exists ledger.run (
    account_id text   not null,
    first      bigint not null,
    hashes     bytea  not null,
    primary key (account_id, first)
);

-- The root of an account's tree, whenever a checkpoint found it grown.
create table if not exists ledger.head (
    account_id text   not null,
    size       bigint not null,
    checkpoint bigint not null,
    root       bytea  not null,
    primary key (account_id, size)
);

-- The nodes of the tree over all heads, each as it was from a checkpoint on.
create table if not exists ledger.head_node (
    level      int    not null,
    index      bigint not null,
    checkpoint bigint not null,
    hash       bytea  not null,
    primary key (level, index, checkpoint)
);

create table if not exists ledger.checkpoint (
    number    bigint      primary key,
    time      timestamptz not null,
    accounts  bigint      not null,
    payload   bytea       not null,
    key_id    text        not null,
    signature bytea       not null
);

-- The keys, each from the checkpoint on that named it the next one; the first is there from the start.
create table if not exists ledger.key (
    from_checkpoint bigint primary key,
    id              text   not null,
    public_key      bytea  not null
);
