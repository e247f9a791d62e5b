-- Written by the readiness check: only a write tells that the database can write.
create table if not exists process_deployment.health_check (
    only_row   boolean     primary key check (only_row),
    checked_at timestamptz not null
) with (fillfactor = 50);
