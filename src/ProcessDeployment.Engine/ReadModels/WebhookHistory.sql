-- What webhooks were told to send, and where to: one row for each setting. It ends with the next one or with the webhook.
create table if not exists process_deployment.webhook (
    account_id  text        not null,
    webhook_id  uuid        not null,
    valid_from  bigint      not null,
    valid_to    bigint,
    url         text        not null,
    event_types jsonb       not null,
    enabled     boolean     not null,
    set_by      text        not null,
    set_at      timestamptz not null,
    primary key (account_id, webhook_id, valid_from)
);
