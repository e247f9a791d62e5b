namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>
/// The past of an account as a few relations, told from <c>events.mt_events</c> by window functions: what was in a
/// component, a version, an attachment and a pin, from which position to which. Only those that a query names are computed.
/// </summary>
internal static class Past
{
    /// <summary>
    /// The events of account <c>$1</c> until position <c>$2</c>, in today's form; the type as stored. <c>kind</c> is the word in
    /// today's wire name; one that was marked as skipped has none, and no body.
    /// </summary>
    private const string Facts = """
        fact as not materialized (
            select (e.headers ->> 'position')::bigint as position, e.timestamp as time, coalesce(e.user_name, '') as actor,
                e.type, case when s.position is null then split_part(process_deployment.event_type_today(e.type), '.', 2) end as kind,
                e.stream_id as stream, e.version as number, e.headers, e.correlation_id, e.causation_id,
                case when s.position is null then process_deployment.event_today(e.type, e.data) else '{}' end as data, s.actor as skipped_by, s.reason as skipped_why
            from events.mt_events e
            left join process_deployment.skipped_event s on s.account_id = $1 and s.position = (e.headers ->> 'position')::bigint
            where e.tenant_id = $1 and (e.headers ->> 'position')::bigint <= $2)
        """;

    /// <summary>Names folded by .NET, as the tables have them: no locale of a database does the same.</summary>
    private const string Names = "folded(name, name_key) as (select * from unnest($3::text[], $4::text[]))";

    /// <summary>A delete and a restore repeat the revision before them, which is looked up once it is known which: sorting carries no JSON.</summary>
    private const string Components = """
        component_step as (
            select *, max(position) filter (where kind = 'revision-made') over w as made, lead(position) over w as next
            from (
                select (f.data ->> 'componentId')::uuid as component_id, f.position, f.kind, f.actor, f.time
                from fact f where f.kind in ('revision-made', 'component-deleted', 'component-restored')) f
            window w as (partition by component_id order by position)),
        component as (
            select s.component_id, s.position as valid_from, s.next as valid_to, m.data, m.actor as saved_by, m.time as saved_at,
                s.actor as changed_by, s.time as changed_at, s.kind = 'component-deleted' as deleted
            from component_step s join fact m on m.position = s.made and m.kind = 'revision-made'),
        component_now as (
            select c.*, c.data ->> 'name' as name, (c.data ->> 'revision')::int as revision, c.data ->> 'contentHash' as content_hash
            from component c where c.valid_to is null)
        """;

    private const string Atoms = """
        atom_step as (
            select (f.data ->> 'atomId')::uuid as atom_id, f.*, count(f.data ->> 'name') over w as names, count(f.data ->> 'status') over w as statuses, lead(f.position) over w as next
            from fact f where f.kind in ('atom-registered', 'atom-renamed', 'atom-status-changed', 'atom-deleted')
            window w as (partition by f.data ->> 'atomId' order by f.position)),
        atom as (
            select s.atom_id, s.position as valid_from, s.next as valid_to, first_value(s.data ->> 'name') over named as name,
                coalesce(first_value(s.data ->> 'status') over said, 'UNKNOWN') as status,
                first_value(s.data) over life as registered, first_value(s.actor) over life as registered_by, first_value(s.time) over life as registered_at,
                s.actor as changed_by, s.time as changed_at, s.kind = 'atom-deleted' as deleted
            from atom_step s
            window life as (partition by s.atom_id order by s.position), named as (partition by s.atom_id, s.names order by s.position),
                said as (partition by s.atom_id, s.statuses order by s.position))
        """;

    /// <summary>Each state says name and place, but for the last, which keeps the place.</summary>
    private const string Environments = """
        environment as (
            select e.environment_id, e.position as valid_from, e.next as valid_to, e.name, (e.made ->> 'classification') as classification, e.place,
                e.made_by as created_by, e.made_at as created_at, e.actor as changed_by, e.time as changed_at, e.kind = 'environment-deleted' as deleted
            from (
                select s.*, lead(s.position) over life as next, first_value(s.data) over life as made, first_value(s.actor) over life as made_by, first_value(s.time) over life as made_at,
                    first_value(s.said) over (partition by s.environment_id, s.places order by s.position) as place
                from (
                    select (f.data ->> 'environmentId')::uuid as environment_id, f.*, f.data ->> 'name' as name, (f.data ->> 'order')::int as said,
                        count(f.data ->> 'order') over (partition by f.data ->> 'environmentId' order by f.position) as places
                    from fact f where f.kind in ('environment-created', 'environment-updated', 'environment-deleted')) s
                window life as (partition by s.environment_id order by s.position)) e)
        """;

    private const string Attachments = """
        attachment as (
            select * from (
                select process_id, atom_id, environment_id, kind, position as valid_from, actor as attached_by, time as attached_at,
                    lead(position) over w as valid_to, lead(actor) over w as detached_by, lead(time) over w as detached_at
                from (
                    select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'atomId')::uuid as atom_id, (f.data ->> 'environmentId')::uuid as environment_id,
                        f.kind, f.position, f.actor, f.time
                    from fact f where f.kind in ('atom-attached', 'atom-detached')) f
                window w as (partition by process_id, atom_id order by position)) a
            where a.kind = 'atom-attached')
        """;

    /// <summary>Their order is found without their manifests, which are most of what there is.</summary>
    private const string Versions = """
        version_step as (
            select *, lead(position) over w as next, row_number() over w as turn
            from (
                select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'versionNumber')::int as version_number, f.position, f.actor, f.time
                from fact f where f.kind = 'version-deployed') f
            window w as (partition by process_id order by position)),
        deployed as (
            select s.*, f.headers, f.data from version_step s join fact f on f.position = s.position and f.kind = 'version-deployed')
        """;

    /// <summary>What was said of versions afterwards: a label once, a withdrawal once.</summary>
    private const string Marks = """
        version_mark as (
            select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'versionNumber')::int as version_number, max(f.data ->> 'label') as label,
                min(f.position) filter (where f.kind = 'version-labelled') as label_from, min(f.position) filter (where f.kind = 'version-withdrawn') as withdrawn_from
            from fact f where f.kind in ('version-labelled', 'version-withdrawn') group by 1, 2)
        """;

    /// <summary>Islands of versions in a row that pin the same; the gap after one is the version that ends it.</summary>
    private const string Pins = """
        pinned as (
            select d.process_id, d.version_number, d.turn, d.position, d.next, (m ->> 'componentId')::uuid as component_id, (m ->> 'revision')::int as revision, m ->> 'contentHash' as content_hash,
                m #>> '{connector,type}' as connector_type, m #>> '{connector,class}' as connector_class, coalesce((m #>> '{connector,exempt}')::boolean, false) as exempt
            from deployed d cross join jsonb_array_elements(d.data -> 'manifest') m),
        pin as (
            select process_id, component_id, revision, content_hash, connector_type, connector_class, exempt,
                min(position) as valid_from, (array_agg(next order by turn desc))[1] as valid_to
            from (
                select *, turn - row_number() over (
                    partition by process_id, component_id, revision, content_hash, connector_type, connector_class, exempt order by turn) as island from pinned) p
            group by process_id, component_id, revision, content_hash, connector_type, connector_class, exempt, island)
        """;

    /// <summary>What was attached to environments, and what was current in them, from which position to which.</summary>
    private const string InEnvironments = """
        member as (
            select * from (
                select f.atom_id, f.process_id, f.environment_id, f.kind, f.position as valid_from, lead(f.position) over w as valid_to, f.actor as attached_by, f.time as attached_at
                from (
                    select (f.data ->> 'atomId')::uuid as atom_id, (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'environmentId')::uuid as environment_id, f.kind, f.position, f.actor, f.time
                    from fact f
                    where f.kind in ('atom-attached-to-environment', 'atom-detached-from-environment', 'process-attached-to-environment', 'process-detached-from-environment')) f
                window w as (partition by f.atom_id, f.process_id, case when f.process_id is not null then f.environment_id end order by f.position)) m
            where m.kind in ('atom-attached-to-environment', 'process-attached-to-environment')),
        current_in as (
            select r.*, lead(r.position) over (partition by r.process_id, r.environment_id order by r.position) as next
            from (
                select (f.data ->> 'processId')::uuid as process_id, (t ->> 'environmentId')::uuid as environment_id, (f.data ->> 'versionNumber')::int as version_number,
                    f.kind = 'version-promoted' as promoted, f.position, f.actor, f.time, f.headers ->> 'reason' as reason, f.data ->> 'note' as note
                from fact f cross join jsonb_array_elements(f.data -> 'targets') t
                where f.kind in ('version-deployed', 'version-promoted') and t ->> 'environmentId' is not null) r)
        """;

    /// <summary>What Atoms reported of their downloads.</summary>
    private const string Reports = """
        report as (
            select f.process_id, f.atom_id, f.position, lead(f.position) over w as next, f.time, f.version_number, f.kind = 'download-failed' as failed, f.message,
                case f.kind when 'version-downloaded' then f.version_number else f.acknowledged_version end as acknowledged_version
            from (
                select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'atomId')::uuid as atom_id, f.kind, f.position, f.time,
                    (f.data ->> 'versionNumber')::int as version_number, (f.data ->> 'acknowledgedVersion')::int as acknowledged_version, f.data ->> 'message' as message
                from fact f where f.kind in ('version-downloaded', 'download-failed')) f
            window w as (partition by f.process_id, f.atom_id order by f.position))
        """;

    /// <summary>What extensions were set to, each until the next setting of its key; <c>cleared</c> where there was none from then on.</summary>
    private const string Extensions = """
        extension_step as (
            select f.*, lead(f.position) over (partition by f.process_id, f.atom_id, f.key order by f.position) as next
            from (
                select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'atomId')::uuid as atom_id, f.position, f.actor, f.time, v ->> 'key' as key,
                    false as cleared, (v ->> 'secret')::boolean as secret, v ->> 'value' as value, (v ->> 'useDefault')::boolean as use_default
                from fact f cross join jsonb_array_elements(f.data -> 'values') v where f.kind = 'extension-values-set'
                union all
                select (f.data ->> 'processId')::uuid, (f.data ->> 'atomId')::uuid, f.position, f.actor, f.time, c, true, false, null, false
                from fact f cross join jsonb_array_elements_text(f.data -> 'cleared') c where f.kind = 'extension-values-set') f)
        """;

    /// <summary>Schedules; a detach that put some to rest says so itself.</summary>
    private const string Schedules = """
        schedule_event as (
            select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'atomId')::uuid as atom_id, f.*
            from fact f where f.kind in ('schedules-set', 'schedules-stopped', 'schedules-suspended', 'schedules-resumed')
                or f.kind = 'atom-detached' and f.data -> 'suspended' @> '[{"kind": "schedule"}]'),
        scheduled as (
            select process_id, atom_id, position as valid_from, lead(position) over (partition by process_id, atom_id order by position) as valid_to,
                data ->> 'timeZone' as time_zone, data -> 'schedules' as schedules, data -> 'retry' as retry, actor as set_by, time as set_at
            from schedule_event where kind = 'schedules-set'),
        schedule_life as (
            select process_id, atom_id, position as valid_from, lead(position) over (partition by process_id, atom_id order by position) as valid_to,
                case kind when 'schedules-set' then data ->> 'status' when 'schedules-stopped' then 'stopped' when 'schedules-resumed' then 'enabled' else 'suspended' end as status,
                case kind when 'atom-detached' then 'Detached' else data ->> 'suspendedFor' end as suspended_for, actor as changed_by, time as changed_at
            from schedule_event)
        """;

    /// <summary>Pauses, resumptions and restarts of listeners, each until the next or a detach.</summary>
    private const string Listeners = """
        listening as (
            select * from (
                select (f.data ->> 'processId')::uuid as process_id, (f.data ->> 'atomId')::uuid as atom_id, f.position as valid_from, lead(f.position) over w as valid_to,
                    case f.kind when 'listener-paused' then 'PAUSED' when 'atom-detached' then null else 'RUNNING' end as status, f.actor as changed_by, f.time as changed_at
                from fact f where f.kind in ('listener-paused', 'listener-resumed', 'listener-restarted', 'atom-detached')
                window w as (partition by f.data ->> 'processId', f.data ->> 'atomId' order by f.position)) l
            where l.status is not null)
        """;

    /// <summary>Executions: each step of their life happens once.</summary>
    private const string Executions = """
        run_event as (
            select (f.data ->> 'executionId')::uuid as execution_id, f.*
            from fact f where f.kind in ('execution-requested', 'execution-started', 'execution-cancel-requested', 'execution-completed')),
        run as (
            select b.execution_id, (b.data ->> 'processId')::uuid as process_id, (b.data ->> 'atomId')::uuid as atom_id, b.position as begun_from, b.actor as begun_by, b.time as begun_at,
                coalesce(b.data ->> 'kind', 'subProcess') as kind, (b.data ->> 'versionNumber')::int as version_number, b.data -> 'properties' as properties,
                (b.data ->> 'dueAt')::timestamptz as due_at, (b.data ->> 'retryOf')::uuid as retry_of, (b.data ->> 'attempt')::int as attempt,
                (b.data ->> 'parentExecutionId')::uuid as parent_id, (b.data ->> 'topLevelExecutionId')::uuid as top_level_id, (b.data ->> 'topLevelProcessId')::uuid as top_level_process_id,
                (s.data ->> 'versionNumber')::int as started_version, s.position as started_from, s.time as started_at,
                c.position as cancelled_from, c.actor as cancelled_by, c.time as cancelled_at,
                e.position as ended_from, e.time as ended_at, e.data ->> 'status' as ended_as, e.data ->> 'message' as message, e.data ->> 'logTail' as log_tail
            from run_event b
            left join run_event s on s.execution_id = b.execution_id and s.kind = 'execution-started'
            left join run_event c on c.execution_id = b.execution_id and c.kind = 'execution-cancel-requested'
            left join run_event e on e.execution_id = b.execution_id and e.kind = 'execution-completed'
            where b.kind = 'execution-requested' or b.kind = 'execution-started' and b.data ? 'parentExecutionId')
        """;

    /// <summary>What webhooks were set to, each until the next setting or its end.</summary>
    private const string Webhooks = """
        webhook_step as (
            select f.webhook_id, f.kind, f.position, lead(f.position) over (partition by f.webhook_id order by f.position) as next, f.actor, f.time, f.data
            from (
                select (f.data ->> 'webhookId')::uuid as webhook_id, f.kind, f.position, f.actor, f.time, f.data
                from fact f where f.kind in ('webhook-set', 'webhook-deleted')) f)
        """;

    /// <summary>To be put after <c>with</c>.</summary>
    public const string Told = $"{Facts},\n{Names},\n{Components},\n{Atoms},\n{Environments},\n{Attachments},\n{Versions},\n{Marks},\n{Pins},\n{InEnvironments},\n{Reports},\n{Extensions},\n{Schedules},\n{Listeners},\n{Executions},\n{Webhooks}";
}
