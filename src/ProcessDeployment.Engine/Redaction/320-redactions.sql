-- What the hash of an event's body was before personal data was taken out of it: its leaf in the ledger was made of that.
create table if not exists process_deployment.redaction (
    account_id text   not null,
    position   bigint not null,
    data_hash  text   not null,
    primary key (account_id, position)
);
