-- The settings an engine was started with last, without anything secret: what they were before is in the audit trail.
create table if not exists process_deployment.known_setting (
    account_id text not null,
    name       text not null,
    value      text,
    primary key (account_id, name)
);
