-- The position is the only order that leaves the engine. Two events of an account never share one.
create unique index if not exists mt_events_account_position
    on events.mt_events (tenant_id, (((headers ->> 'position'))::bigint));
