-- Who may do what in the database. History is evidence: the engine may add to it and read it, nothing else. Run by the
-- owner of the tables after they are made, and by an engine that is given the owner's login (ConnectionStrings__Owner). Can be run again.
--
--   process_deployment_app      what an engine is: ConnectionStrings__Postgres is a login that is a member of it
--   process_deployment_sealer   writes the ledger and nothing else: ConnectionStrings__Sealer is a member of it
--
-- Roles belong to the whole server and rights to a database, so several databases share the roles.

do $roles$ declare role text; begin
    foreach role in array array['process_deployment_app', 'process_deployment_sealer'] loop
        begin
            execute format('create role %I nologin', role);
        exception when duplicate_object or unique_violation then null;
        end;
    end loop;
end $roles$;

-- Tables are handed to the app's role below, which takes being a member of it.
do $member$ begin
    if not pg_has_role(current_user, 'process_deployment_app', 'member') then
        execute format('grant process_deployment_app to %I', current_user);
    end if;
end $member$;

-- Messages on their way are Wolverine's, which keeps its tables itself.
create schema if not exists wolverine authorization process_deployment_app;
alter schema wolverine owner to process_deployment_app;

-- Read models and what decisions look at follow from the events: the app's role owns them, since rebuilding them means
-- making tables and changing places with them. What is evidence stays with the owner.
grant usage, create on schema process_deployment to process_deployment_app;
do $derived$ declare found record; begin
    for found in
        select n.nspname, c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where (n.nspname in ('process_deployment', 'process_deployment_old', 'wolverine') or n.nspname like 'process\_deployment\_next%') and c.relkind in ('r', 'p', 'v')
            and c.relname not in ('account', 'account_arrival', 'original_leaf', 'command_outcome', 'content', 'export', 'applied_script')
            and c.relowner <> 'process_deployment_app'::regrole
        order by c.relkind
    loop
        execute format('alter %s %I.%I owner to process_deployment_app', case found.relkind when 'v' then 'view' else 'table' end, found.nspname, found.relname);
    end loop;
    for found in select nspname from pg_namespace where nspname = 'process_deployment_old' or nspname like 'process\_deployment\_next%' loop
        execute format('alter schema %I owner to process_deployment_app', found.nspname);
    end loop;
end $derived$;

-- Evidence that is ours: an account moves forward, an outcome and a content are written once.
revoke all on process_deployment.account, process_deployment.account_arrival, process_deployment.original_leaf, process_deployment.command_outcome, process_deployment.content, process_deployment.export, process_deployment.applied_script
    from process_deployment_app, process_deployment_sealer, public;
grant select, insert on process_deployment.account, process_deployment.account_arrival, process_deployment.original_leaf, process_deployment.command_outcome, process_deployment.content to process_deployment_app;
grant update (position, last_time, away) on process_deployment.account to process_deployment_app;
grant select, insert, update (made_position, signature, redacted_to) on process_deployment.export to process_deployment_app;
grant select on process_deployment.applied_script to process_deployment_app;

-- Taking personal data out of an event, and its words out of the outcome of its command, is the owner's alone: the verb redact
-- runs with that login, and leaves a sealed event that says what was altered.

-- Marten's tables. Its bookkeeping is free to move; events are only added, and of a stream only how long it is may change.
grant usage on schema events to process_deployment_app, process_deployment_sealer;
grant select, insert, update, delete on all tables in schema events to process_deployment_app;
grant usage, select on all sequences in schema events to process_deployment_app;
revoke all on events.mt_events, events.mt_streams from process_deployment_app, process_deployment_sealer, public;
grant select, insert on events.mt_events, events.mt_streams to process_deployment_app;
grant update (version, timestamp) on events.mt_streams to process_deployment_app;

-- The sealer reads what happened and adds to the ledger; it changes nothing that is there.
grant usage on schema process_deployment to process_deployment_sealer;
grant select on process_deployment.account, process_deployment.account_arrival, process_deployment.original_leaf to process_deployment_sealer;
grant select on events.mt_events to process_deployment_sealer;
do $ledger$ begin
    if exists (select from pg_namespace where nspname = 'ledger') then
        grant usage on schema ledger to process_deployment_app, process_deployment_sealer;
        revoke all on all tables in schema ledger from process_deployment_app, process_deployment_sealer, public;
        grant select on all tables in schema ledger to process_deployment_app, process_deployment_sealer;
        grant insert on all tables in schema ledger to process_deployment_sealer;
        grant usage, select on all sequences in schema ledger to process_deployment_sealer;
    end if;
end $ledger$;
