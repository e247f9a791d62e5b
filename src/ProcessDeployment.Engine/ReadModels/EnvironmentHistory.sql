-- Every state an environment ever had: one row for its creation, each update and its deletion; and whether the account used them.
create table if not exists process_deployment.environment_history (
    account_id     text        not null,
    environment_id uuid        not null,
    valid_from     bigint      not null,
    valid_to       bigint,
    name           text        not null,
    classification text        not null,
    place          int         not null,
    created_by     text        not null,
    created_at     timestamptz not null,
    changed_by     text        not null,
    changed_at     timestamptz not null,
    deleted        boolean     not null,
    primary key (account_id, environment_id, valid_from)
);
create table if not exists process_deployment.environment_use_history (
    account_id text        not null,
    valid_from bigint      not null,
    valid_to   bigint,
    enabled    boolean     not null,
    set_by     text        not null,
    set_at     timestamptz not null,
    primary key (account_id, valid_from)
);
