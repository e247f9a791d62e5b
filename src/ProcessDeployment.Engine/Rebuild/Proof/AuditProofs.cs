namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Proofs of the audit trail: every event in words, by the names of its time.</summary>
internal static class AuditProofs
{
    /// <summary>The Atoms that an event is about.</summary>
    private const string AtomsOfEvents = """
        select distinct f.position, case when jsonb_typeof(a) = 'string' then (a #>> '{}')::uuid end as atom_id
        from fact f cross join lateral jsonb_array_elements(case
            when f.kind in ('atom-registered', 'atom-renamed', 'atom-status-changed', 'atom-token-issued', 'atom-token-revoked', 'atom-deleted', 'atom-attached', 'atom-detached',
                'version-downloaded', 'download-failed', 'extension-values-set', 'atom-attached-to-environment', 'atom-detached-from-environment', 'environment-attachment-refused',
                'schedules-set', 'schedules-stopped', 'schedules-suspended', 'schedules-resumed', 'runs-missed', 'listener-paused', 'listener-resumed', 'listener-restarted',
                'execution-requested', 'execution-started', 'execution-cancel-requested', 'execution-completed', 'retry-awaited') then jsonb_build_array(f.data -> 'atomId')
            when f.kind in ('version-deployed', 'version-promoted') then jsonb_path_query_array(f.data, '$.targets[*].atomIds[*]')
            when f.kind = 'attachment-refused' then f.data -> 'atomIds'
            when f.kind = 'move-refused' then (f.data -> 'fromAtomIds') || (f.data -> 'toAtomIds')
            else '[]' end) a
        """;

    /// <summary>What happened; <c>%</c> stands where the names of the Atoms belong.</summary>
    private const string Words = """
        case coalesce(f.kind, '')
            when '' then concat('could not be read and was passed over, marked by ', f.skipped_by, ': ', f.skipped_why)
            when 'event-skipped' then concat('the event at position ', f.data ->> 'eventPosition', ', ', f.data ->> 'eventType', ' in stream ', f.data ->> 'eventStream', ', marked as skipped: ', f.data ->> 'reason')
            when 'account-moved' then concat('account moved from home ', f.data ->> 'fromHome', ' to ', f.data ->> 'toHome', ' with ', f.data ->> 'size', ' events, as checkpoint ', f.data ->> 'checkpoint', ' of ledger ', f.data ->> 'fromLedger', ' has them, epoch ', f.data ->> 'epoch')
            when 'revision-made' then case when f.data ->> 'revision' = '1' then 'created as revision 1' else concat('saved as revision ', f.data ->> 'revision') end
            when 'component-deleted' then concat('deleted at revision ', f.data ->> 'revision')
            when 'component-restored' then concat('restored at revision ', f.data ->> 'revision')
            when 'atom-registered' then 'registered'
            when 'atom-renamed' then concat('renamed to ', f.data ->> 'name')
            when 'atom-status-changed' then concat('reported itself ', f.data ->> 'status', ', before ', f.data ->> 'formerStatus')
            when 'atom-token-issued' then concat('token ', f.data ->> 'tokenId', ' issued', ', good until ' || (f.data ->> 'expiresAt'))
            when 'atom-token-revoked' then concat('token ', f.data ->> 'tokenId', ' revoked')
            when 'atom-deleted' then 'deleted'
            when 'licences-purchased' then concat(f.data ->> 'class', ': ', concat_ws(', ',
                (f.data ->> 'production') || ' for production', (f.data ->> 'test') || ' for test'), ' purchased')
            when 'licence-enforcement-changed' then concat('enforcement set to ', f.data ->> 'mode')
            when 'environments-enabled' then 'environments turned on'
            when 'environments-disabled' then 'environments turned off'
            when 'atom-attached-to-environment' then concat('attached to environment ', f.data ->> 'environmentName', ', which it left ' || (f.data ->> 'formerEnvironmentName') || ' for')
            when 'atom-detached-from-environment' then concat('detached from environment ', f.data ->> 'environmentName')
            when 'environment-attachment-refused' then concat('attaching to environment ', f.data ->> 'environmentId', ' refused: ', f.data ->> 'message')
            when 'process-attached-to-environment' then concat('attached to environment ', f.data ->> 'environmentName', ', where version ' || (f.data ->> 'effectiveVersion') || ' is current')
            when 'process-detached-from-environment' then concat('detached from environment ', f.data ->> 'environmentName')
            when 'version-promoted' then concat('version ', f.data ->> 'versionNumber', ' promoted to environment ', f.data ->> 'environmentName',
                case when t.position is null then ', nowhere yet' else concat(', on ', t.names) end, ': ' || (f.data ->> 'note'))
            when 'promotion-refused' then concat('promoting version ', f.data ->> 'targetVersion', ' to environment ', f.data ->> 'environmentId', ' refused: ', f.data ->> 'message')
            when 'environment-created' then concat('created for ', f.data ->> 'classification', ' at place ', f.data ->> 'order')
            when 'environment-updated' then concat('updated: ', f.data ->> 'name', ' at place ', f.data ->> 'order')
            when 'environment-deleted' then 'deleted'
            when 'atom-attached' then concat('attached to ', t.names, ', where version ' || (f.data ->> 'effectiveVersion') || ' became effective')
            when 'atom-detached' then concat('detached from ', t.names, ', where version ' || (f.data ->> 'formerVersion') || ' was effective')
            when 'version-labelled' then concat('version ', f.data ->> 'versionNumber', ' labelled ', f.data ->> 'label')
            when 'version-withdrawn' then concat('version ', f.data ->> 'versionNumber', ' withdrawn')
            when 'version-deployed' then case when f.data -> 'targets' = '[]' then concat('made version ', f.data ->> 'versionNumber', ', not deployed yet', ': ' || (f.data ->> 'note')) else concat('version ', f.data ->> 'versionNumber', ' deployed', ', version ' || (f.data ->> 'redeployOf') || ' again,',
                case when t.position is null then ' nowhere yet' else concat(' on ', t.names) end, ': ' || (f.data ->> 'note')) end
            when 'version-downloaded' then concat('version ', f.data ->> 'versionNumber', ' downloaded by ', t.names)
            when 'download-failed' then concat('version ', f.data ->> 'versionNumber', ' not downloaded by ', t.names, ', which goes on with version ' || (f.data ->> 'acknowledgedVersion'), ': ' || (f.data ->> 'message'))
            when 'extension-values-set' then concat('extensions set on ', t.names, ': ', (
                select string_agg(s.said, ', ' order by s.part, s.place)
                from (
                    select 1 as part, x.place, concat(v ->> 'key', case when (v ->> 'useDefault')::boolean then ' to its default' when (v ->> 'secret')::boolean then ' changed' else ' = ' || (v ->> 'value') end) as said
                    from jsonb_array_elements(f.data -> 'values') with ordinality x(v, place)
                    union all
                    select 2, x.place, x.key || ' taken away' from jsonb_array_elements_text(f.data -> 'cleared') with ordinality x(key, place)) s))
            when 'schedules-set' then concat(jsonb_array_length(f.data -> 'schedules'), ' schedules set on ', t.names, ', ' || nullif(f.data ->> 'status', 'enabled'))
            when 'schedules-stopped' then concat('schedules stopped on ', t.names)
            when 'schedules-suspended' then concat(f.data ->> 'count', ' schedules suspended on ', t.names, ': ', f.data ->> 'suspendedFor')
            when 'schedules-resumed' then concat('schedules resumed on ', t.names)
            when 'listener-paused' then concat('listener paused on ', t.names)
            when 'listener-resumed' then concat('listener resumed on ', t.names)
            when 'listener-restarted' then concat('listener restarted on ', t.names)
            when 'runs-missed' then concat(f.data ->> 'count', ' runs missed on ', t.names, ': ', f.data ->> 'missedFor')
            when 'execution-requested' then concat('execution of version ', f.data ->> 'versionNumber', ' requested on ', t.names, ', ' || nullif(f.data ->> 'kind', 'manual'))
            when 'execution-started' then concat('execution of version ', f.data ->> 'versionNumber', ' started on ', t.names, ', called by execution ' || (f.data ->> 'parentExecutionId'))
            when 'execution-cancel-requested' then concat('cancelling an execution requested on ', t.names)
            when 'retry-awaited' then concat('execution on ', t.names, ' is tried again, retry ', f.data ->> 'attempt')
            when 'execution-completed' then concat('execution on ', t.names, ' ended as ', f.data ->> 'status', ': ' || (f.data ->> 'message'))
            when 'webhook-set' then concat('webhook set to send ', (select string_agg(y, ', ' order by place) from jsonb_array_elements_text(f.data -> 'eventTypes') with ordinality as y(y, place)),
                ' to ', regexp_replace(f.data ->> 'url', '^([^:]*:[/\\]*[^/\\?#]*).*$', '\1/…'), case when (f.data ->> 'enabled')::boolean then '' else ', switched off' end, case when (f.data ->> 'secretChanged')::boolean then ', secret changed' else '' end)
            when 'webhook-deleted' then concat('webhook ', f.data ->> 'webhookId', ' deleted')
            when 'role-set' then concat('role ', f.data ->> 'role', ' set to ', (select string_agg(x, ', ' order by place) from jsonb_array_elements_text(f.data -> 'privileges') with ordinality as x(x, place)))
            when 'role-deleted' then concat('role ', f.data ->> 'role', ' deleted')
            when 'member-set' then concat(f.data ->> 'member', ' has the roles ', (select string_agg(concat(g ->> 'role', ' in ' || (g ->> 'environmentId')), ', ' order by place) from jsonb_array_elements(f.data -> 'roles') with ordinality as g(g, place)))
            when 'member-removed' then concat(f.data ->> 'member', ' has no roles any more')
            when 'api-key-issued' then concat('key ', f.data ->> 'keyId', ' issued for ', f.data ->> 'name', ' with the roles ', (select string_agg(concat(g ->> 'role', ' in ' || (g ->> 'environmentId')), ', ' order by place) from jsonb_array_elements(f.data -> 'roles') with ordinality as g(g, place)), ', good until ' || (f.data ->> 'expiresAt'))
            when 'api-key-revoked' then concat('key ', f.data ->> 'keyId', ' of ', f.data ->> 'name', ' revoked')
            when 'producer-registered' then concat('producer ', f.data ->> 'name', ' registered', ', as ' || (f.data ->> 'login'), case when f.data ->> 'publicKey' is not null then ', with a key' end,
                ', for ' || (select string_agg(x, ', ' order by place) from jsonb_array_elements_text(f.data -> 'commandTypes') with ordinality as x(x, place)))
            when 'producer-removed' then concat('producer ', f.data ->> 'name', ' removed')
            when 'change-rules-set' then concat('rules of changes set: reason ', f.data ->> 'reasonRequired', case when (f.data ->> 'reviserMayNotDeploy')::boolean then ', no deploying by whoever revised' end,
                case when (f.data ->> 'productionAfterTest')::boolean then ', production only after test' end, case when (f.data ->> 'signedOnly')::boolean then ', signed commands only' end)
            when 'freeze-set' then concat('freeze ', f.data ->> 'name', ' set from ', f.data ->> 'from', ' until ', f.data ->> 'until', ' in ' || (select string_agg(x, ', ' order by place) from jsonb_array_elements_text(f.data -> 'environmentIds') with ordinality as x(x, place)))
            when 'freeze-lifted' then concat('freeze ', f.data ->> 'name', ' lifted')
            when 'freeze-overridden' then concat('freeze ', f.data ->> 'name', ' passed by ', (select string_agg(x, ', ' order by place) from jsonb_array_elements_text(f.data -> 'processIds') with ordinality as x(x, place)), ' until ', f.data ->> 'until')
            when 'access-denied' then concat(f.data ->> 'act', ' denied: ', f.data ->> 'message', case when (f.data ->> 'times')::int > 1 then concat(', ', f.data ->> 'times', ' times') end)
            when 'attachment-refused' then concat('attaching to ', t.names, ' refused: ', f.data ->> 'message')
            when 'deployment-refused' then concat('deploying ', coalesce('version ' || (f.data ->> 'targetVersion') || ' again', 'the latest revision'), ' refused: ', f.data ->> 'message')
            when 'move-refused' then concat('moving refused: ', f.data ->> 'message')
            when 'export-made' then case when (f.data ->> 'lastPosition')::bigint < (f.data ->> 'firstPosition')::bigint
                then concat('exported: nothing happened after position ', f.data ->> 'lastPosition')
                else concat('exported, positions ', f.data ->> 'firstPosition', ' to ', f.data ->> 'lastPosition') end
            when 'export-read' then concat('export ', f.data ->> 'exportId', ' handed out again')
            when 'rebuild-started' then concat(case when (f.data ->> 'verifyOnly')::boolean then 'comparing ' else 'rebuilding ' end,
                (select string_agg(m, ', ' order by place) from jsonb_array_elements_text(f.data -> 'models') with ordinality as m(m, place)))
            when 'rebuild-ended' then concat(f.data ->> 'result', ', ' || nullif(f.data ->> 'differences', '0') || ' rows differed', ': ' || (f.data ->> 'detail'))
            when 'settings-changed' then (
                select string_agg(concat(c ->> 'name', ' changed from ', coalesce(c ->> 'former', 'nothing'), ' to ', coalesce(c ->> 'today', 'nothing')), ', ' order by place)
                from jsonb_array_elements(f.data -> 'changes') with ordinality as c(c, place))
            when 'personal-data-redacted' then concat('personal data taken out of position ', f.data ->> 'eventPosition', ': ',
                (select string_agg(m, ', ' order by place) from jsonb_array_elements_text(f.data -> 'fields') with ordinality as m(m, place)))
            else '' end
        """;

    public static readonly TableProof Entries = new(
        "audit_entry", "position", "time, actor, type, stream, component_id, name, summary, reason, command_id, correlation_id, causation_id, channel, source",
        $$"""
        select f.position, f.time, f.actor, f.type, f.stream, c.component_id,
            case when f.stream = 'licences' then 'Licences' when f.stream = 'environments' then 'Environments' when f.stream = 'access' then 'Access' when f.stream = 'operations' then 'Records' when f.stream like 'webhook/%' and f.kind is not null then 'Webhooks'
                else coalesce(v.name, c.name, t.names, case when f.stream like 'environment/%' then f.data ->> 'name' end, '') end as name, {{Words}} as summary,
            f.headers ->> 'reason' as reason, (f.headers ->> 'commandId')::uuid as command_id, f.correlation_id, f.causation_id,
            f.headers ->> 'channel' as channel, f.headers ->> 'source' as source
        from fact f
        left join (
            select s.position, s.component_id, first_value(s.name) over (partition by s.component_id, s.revisions order by s.position) as name
            from (
                select o.position, o.component_id, o.name, count(*) filter (where o.kind = 'revision-made') over (partition by o.component_id order by o.position) as revisions
                from (select coalesce(e.data ->> 'componentId', e.data ->> 'processId')::uuid as component_id, e.data ->> 'name' as name, e.kind, e.position from fact e where e.stream like 'component/%' or e.stream like 'attachment/%' or e.stream like 'execution/%') o) s) c on c.position = f.position
        left join (
            select d.position, m ->> 'name' as name from deployed d cross join jsonb_array_elements(d.data -> 'manifest') m
            where m ->> 'componentId' = d.data ->> 'processId') v on v.position = f.position
        left join (
            select o.position, string_agg(a.name, ', ' order by a.name collate "C") as names
            from ({{AtomsOfEvents}}) o left join atom a on a.atom_id = o.atom_id and a.valid_from <= o.position and (a.valid_to is null or a.valid_to > o.position)
            group by o.position) t on t.position = f.position
        """);

    public static readonly TableProof Atoms = new("audit_atom", "atom_id, position", "", AtomsOfEvents);
}
