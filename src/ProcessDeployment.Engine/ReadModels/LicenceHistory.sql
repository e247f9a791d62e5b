-- Licences purchased in each pool, and what happens beyond them, with when that held. Who uses them: the view licence_use.
create table if not exists process_deployment.licence_pool_history (
    account_id     text        not null,
    class          text        not null,
    classification text        not null,
    valid_from     bigint      not null,
    valid_to       bigint,
    purchased      int         not null,
    set_by         text        not null,
    set_at         timestamptz not null,
    primary key (account_id, class, classification, valid_from)
);
create table if not exists process_deployment.licence_mode_history (
    account_id text        not null,
    valid_from bigint      not null,
    valid_to   bigint,
    mode       text        not null,
    set_by     text        not null,
    set_at     timestamptz not null,
    primary key (account_id, valid_from)
);
