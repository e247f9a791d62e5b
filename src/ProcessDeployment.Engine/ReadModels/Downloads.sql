-- What Atoms reported of downloads: one row for each report that said something new.
create table if not exists process_deployment.download (
    account_id           text        not null,
    process_id           uuid        not null,
    atom_id              uuid        not null,
    valid_from           bigint      not null,
    valid_to             bigint,
    version_number       int         not null,
    failed               boolean     not null,
    acknowledged_version int,
    message              text,
    reported_at          timestamptz not null,
    primary key (process_id, account_id, atom_id, valid_from)
);
-- What was reported last, without walking over all that was reported before.
create unique index if not exists download_now on process_deployment.download (process_id, account_id, atom_id) where valid_to is null;
