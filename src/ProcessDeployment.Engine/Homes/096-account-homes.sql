-- The other home in which an account is, to which it goes or from which it comes; null while it takes commands here. It stands
-- with the row that commands lock, so that none takes effect after it is set.
alter table process_deployment.account add column if not exists away text;

-- The last move of an account, as this home knows it.
create table if not exists process_deployment.account_move (
    account_id text        primary key,
    -- leaving: closed here, not open elsewhere yet; left: for good; arrived: its history is here, closed until it has left the other home; here: open again.
    state      text        not null check (state in ('leaving', 'left', 'arrived', 'here')),
    home       text        not null,
    -- How far its history had come.
    position   bigint      not null,
    since      timestamptz not null default clock_timestamp()
);
