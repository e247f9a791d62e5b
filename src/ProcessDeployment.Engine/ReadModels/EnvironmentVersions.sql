-- Which version of a Process was current in which environment, and when; by a deployment there, or promoted under its number.
create table if not exists process_deployment.environment_version (
    account_id     text        not null,
    process_id     uuid        not null,
    environment_id uuid        not null,
    valid_from     bigint      not null,
    valid_to       bigint,
    version_number int         not null,
    promoted       boolean     not null,
    deployed_by    text        not null,
    deployed_at    timestamptz not null,
    note           text,
    reason         text,
    -- The connections of the version, exempt ones too: what licences are counted by.
    connections    jsonb       not null,
    primary key (process_id, account_id, environment_id, valid_from)
);
create unique index if not exists environment_version_now on process_deployment.environment_version (process_id, account_id, environment_id) where valid_to is null;
create index if not exists environment_version_licensed on process_deployment.environment_version (account_id) where valid_to is null;
create index if not exists environment_version_licensed_closed on process_deployment.environment_version (account_id, valid_to) where valid_to is not null;
