-- revision: 2
-- Which component refers to which, and when. A save that refers to the same components writes nothing here.
create table if not exists process_deployment.component_reference (
    account_id text   not null,
    from_id    uuid   not null,
    to_id      uuid   not null,
    kind       text   not null,
    valid_from bigint not null,
    valid_to   bigint,
    primary key (from_id, account_id, to_id, kind, valid_from)
);
-- Does not begin with the account, for the reason that pinned_component gives.
create index if not exists component_reference_to on process_deployment.component_reference (to_id, account_id, from_id) where valid_to is null;
create index if not exists component_reference_to_closed on process_deployment.component_reference (to_id, account_id, valid_to) where valid_to is not null;
