-- revision: 2
-- What webhooks still have to send, and what became of what they sent. A delivery names its event and holds nothing of it, so that
-- what is taken out of an event is not kept here.
create table if not exists process_deployment.webhook_delivery (
    account_id   text        not null,
    webhook_id   uuid        not null,
    position     bigint      not null,
    attempts     int         not null default 0,
    -- Null for one that was given up: a dead letter, until somebody has it sent again.
    due_at       timestamptz          default clock_timestamp(),
    attempted_at timestamptz,
    problem      text,
    primary key (account_id, webhook_id, position)
);
-- Whether a webhook has something to send now, and what failed last at it.
drop index if exists process_deployment.webhook_delivery_due;
create index if not exists webhook_delivery_due_of on process_deployment.webhook_delivery (account_id, webhook_id, due_at) where due_at is not null;
create index if not exists webhook_delivery_failed on process_deployment.webhook_delivery (account_id, webhook_id, attempted_at) where attempted_at is not null;

create table if not exists process_deployment.webhook_report (
    account_id   text        not null,
    webhook_id   uuid        not null,
    delivered    bigint      not null,
    position     bigint      not null,
    delivered_at timestamptz not null,
    primary key (account_id, webhook_id)
);

-- What requests are signed with, encrypted with a key that is not in the database.
create table if not exists process_deployment.webhook_secret (
    account_id text  not null,
    webhook_id uuid  not null,
    key_id     text  not null,
    sealed     bytea not null,
    primary key (account_id, webhook_id)
);
