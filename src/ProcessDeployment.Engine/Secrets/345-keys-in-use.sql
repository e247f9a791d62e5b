-- A key that values are sealed with cannot be removed, and nothing can be sealed with a removed one, whatever nodes believe.
do $keys$ declare sealed text; begin
    foreach sealed in array array['extension_secret', 'webhook_secret'] loop
        if not exists (select from pg_constraint where conname = sealed || '_sealed_with' and conrelid = format('process_deployment.%I', sealed)::regclass) then
            execute format('alter table process_deployment.%I add constraint %I foreign key (key_id) references process_deployment.secret_key (key_id)', sealed, sealed || '_sealed_with');
        end if;
    end loop;
end $keys$;
create index if not exists webhook_secret_key on process_deployment.webhook_secret (key_id);
