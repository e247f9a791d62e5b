-- revision: 5
-- Every version that was ever deployed, with its whole meaning. Current = the highest number; superseded by the next.
create table if not exists process_deployment.version_history (
    account_id     text        not null,
    process_id     uuid        not null,
    version_number int         not null,
    valid_from     bigint      not null,
    valid_to       bigint,
    deployed_by    text        not null,
    deployed_at    timestamptz not null,
    reason         text,
    note           text,
    redeploy_of    int,
    identical_to   int,
    digest         text        not null,
    content_digest text        not null,
    manifest       jsonb       not null,
    targets        jsonb       not null,
    audit          jsonb       not null,
    primary key (account_id, process_id, version_number)
) with (fillfactor = 90);
-- The version that was current at a moment; now is the last of them.
create index if not exists version_history_moment on process_deployment.version_history (account_id, process_id, valid_from);
-- What the Process itself declares, at hand for lists: manifests are large.
alter table process_deployment.version_history add column if not exists extensions jsonb
    generated always as (jsonb_path_query_first(manifest, '$[*] ? (@.componentId == $id).extensions', ('{"id": "' || process_id::text || '"}')::jsonb)) stored;
-- What became of it: its label and since when it has it, and since when it is withdrawn.
alter table process_deployment.version_history add column if not exists label text;
alter table process_deployment.version_history add column if not exists label_from bigint;
alter table process_deployment.version_history add column if not exists withdrawn_from bigint;
-- How the Process itself starts, at hand like what it declares.
alter table process_deployment.version_history add column if not exists start_step text
    generated always as (jsonb_path_query_first(manifest, '$[*] ? (@.componentId == $id).startStep', ('{"id": "' || process_id::text || '"}')::jsonb) #>> '{}') stored;
