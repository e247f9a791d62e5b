-- What came of accounts from other homes, and what it was checked by. It happened elsewhere, so nobody is told of it here again.
create table if not exists process_deployment.account_arrival (
    account_id text        not null,
    -- The last position that came, and the last one that was here before.
    position   bigint      not null,
    after      bigint      not null,
    home       text        not null,
    -- The checkpoint of that home's ledger, and the root of the account's tree in it.
    ledger     uuid        not null,
    checkpoint bigint      not null,
    root       text        not null,
    arrived_at timestamptz not null default clock_timestamp(),
    primary key (account_id, position)
);

-- Leaves that were sealed in another home of events that were redacted since: they are what is sealed here too, or the roots would differ.
create table if not exists process_deployment.original_leaf (
    account_id text   not null,
    position   bigint not null,
    leaf       bytea  not null,
    primary key (account_id, position)
);
