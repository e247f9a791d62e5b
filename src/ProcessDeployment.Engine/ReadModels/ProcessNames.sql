-- What lists are filtered, ordered and counted by, kept off the rows that every save and deploy touches: those stay
-- without an index to maintain, and this stays narrow enough to be searched whole.
create table if not exists process_deployment.process_name (
    account_id text    not null,
    process_id uuid    not null,
    name_key   text    collate "C" not null,
    -- A folder may be longer than an index takes.
    folder_key uuid    not null,
    revised    boolean not null,
    primary key (account_id, process_id)
);
create index if not exists process_name_order on process_deployment.process_name (account_id, name_key, process_id);
create index if not exists process_name_revised on process_deployment.process_name (account_id, revised, name_key, process_id);
create index if not exists process_name_folder on process_deployment.process_name (account_id, folder_key, name_key, process_id);
