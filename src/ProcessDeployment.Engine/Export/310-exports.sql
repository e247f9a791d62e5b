-- revision: 2
-- What was exported, so that the same period of a closed past is handed out under the same signature for ever.
create table if not exists process_deployment.export (
    account_id     text        not null,
    export_id      text        not null,
    from_time      timestamptz,
    to_time        timestamptz,
    first_position bigint      not null,
    last_position  bigint      not null,
    checkpoint     bigint      not null,
    made_by        text        not null,
    made_at        timestamptz not null default now(),
    -- Where it is noted in the history of the account; null until it is.
    made_position  bigint,
    -- Over manifest.json, which names every file of the bundle with its hash.
    signature      bytea,
    primary key (account_id, export_id)
);
-- The last redaction of the account when it was written. Names travel from one event into the words about others, so a later
-- redaction spoils every bundle of the account that is still kept.
alter table process_deployment.export add column if not exists redacted_to bigint not null default 0;
-- The first checkpoint after a moment.
create index if not exists checkpoint_time on ledger.checkpoint (time, number);
