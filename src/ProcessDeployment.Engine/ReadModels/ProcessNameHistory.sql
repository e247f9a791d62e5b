-- Where each Process stood in the list, from one position to another: one row for each name, folder and life it had.
create table if not exists process_deployment.process_name_history (
    account_id text    not null,
    process_id uuid    not null,
    valid_from bigint  not null,
    valid_to   bigint,
    name_key   text    collate "C" not null,
    -- A folder may be longer than an index takes.
    folder_key uuid    not null,
    primary key (account_id, process_id, valid_from)
);
-- In the order of the list, with all that tells whether a row held: names that are gone are walked over.
create index if not exists process_name_history_order on process_deployment.process_name_history (account_id, name_key, process_id, valid_from)
    include (valid_to, folder_key);
