namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Proofs of what decisions look at. It is written with the events, so it is held against all of them.</summary>
internal static class CurrentStateProofs
{
    /// <summary>What each Process is and has in environments.</summary>
    private const string InEnvironments = """
        select s.process_id, jsonb_agg(jsonb_build_object(
            'environmentId', s.environment_id, 'attached', m.valid_from is not null, 'classification', case when s.was_attached then e.classification end,
            'currentVersion', coalesce(i.version_number, 0), 'had', coalesce(h.had, '[]'), 'connections', coalesce(k.connections, '[]'), 'atomIds', coalesce(a.atom_ids, '[]')) order by s.environment_id) as environments
        from (
            select process_id, environment_id, bool_or(attached) as was_attached from (
                select process_id, environment_id, false as attached from current_in
                union all
                select process_id, environment_id, true from member where process_id is not null) mentioned
            group by process_id, environment_id) s
        left join environment e on e.environment_id = s.environment_id and e.valid_to is null
        left join member m on m.process_id = s.process_id and m.environment_id = s.environment_id and m.valid_to is null
        left join current_in i on i.process_id = s.process_id and i.environment_id = s.environment_id and i.next is null
        left join (
            select process_id, environment_id, jsonb_agg(distinct version_number order by version_number) as had from current_in group by process_id, environment_id) h
            on h.process_id = s.process_id and h.environment_id = s.environment_id
        left join (
            select process_id, version_number, jsonb_agg(jsonb_build_object('componentId', component_id, 'class', connector_class) order by component_id) as connections
            from pinned where connector_class is not null and not exempt group by process_id, version_number) k on k.process_id = s.process_id and k.version_number = i.version_number
        left join (
            select process_id, environment_id, jsonb_agg(atom_id order by atom_id) as atom_ids
            from attachment where valid_to is null group by process_id, environment_id) a on a.process_id = s.process_id and a.environment_id = s.environment_id
        group by s.process_id
        """;

    /// <summary>How far the account is. One in which nothing happened yet is at its beginning, whether it is in the list or not.</summary>
    private static readonly TableProof Account = new(
        "account", "account_id", "position, last_time",
        "select $1 as account_id, max(f.position) as position, (array_agg(f.time order by f.position desc))[1] as last_time from fact f having count(*) > 0")
    { IsCurrentState = true, Aside = ["created_at", "away"], Except = "row.position = 0 and row.last_time = '-infinity'" };

    private static readonly TableProof Components = new(
        "component_state", "component_id", "stream_version, state",
        $"""
        select c.component_id, s.length as stream_version, jsonb_strip_nulls(jsonb_build_object(
            'componentId', c.component_id, 'componentType', c.data -> 'componentType', 'name', c.name, 'folder', c.data -> 'folder', 'revision', c.revision,
            'deleted', c.deleted, 'references', c.data -> 'references', 'connector', c.data -> 'connector', 'startStep', c.data -> 'startStep', 'allowSimultaneousRuns', c.data -> 'allowSimultaneousRuns',
            'extensions', c.data -> 'extensions', 'contentHash', c.content_hash,
            'deployment', jsonb_build_object(
                'atomIds', coalesce(a.atom_ids, '[]'), 'currentVersion', coalesce(d.version_number, 0), 'currentContentDigest', d.data -> 'contentDigest',
                'connections', coalesce(k.connections, '[]'), 'environments', n.environments))) as state
        from component_now c
        join (select stream, max(number) as length from fact where stream like 'component/%' group by stream) s on s.stream = 'component/' || c.component_id
        left join deployed d on d.process_id = c.component_id and d.next is null
        left join (select process_id, jsonb_agg(atom_id order by atom_id) as atom_ids from attachment where valid_to is null group by process_id) a on a.process_id = c.component_id
        left join (
            select process_id, jsonb_agg(jsonb_build_object('componentId', component_id, 'class', connector_class) order by component_id) as connections
            from pin where valid_to is null and connector_class is not null and not exempt group by process_id) k on k.process_id = c.component_id
        left join ({InEnvironments}) n on n.process_id = c.component_id
        """)
    { IsCurrentState = true };

    private static readonly TableProof Dependencies = new(
        "component_dependency", "from_id, to_id", "",
        """
        select distinct c.component_id as from_id, (r ->> 'componentId')::uuid as to_id
        from component_now c cross join jsonb_array_elements(c.data -> 'references') r where r ->> 'kind' = 'dependent'
        """)
    { IsCurrentState = true };

    private static readonly TableProof Atoms = new(
        "atom_state", "atom_id", "stream_version, state",
        """
        select a.atom_id, s.length as stream_version, jsonb_strip_nulls(jsonb_build_object(
            'atomId', a.atom_id, 'name', a.name, 'hostName', a.registered -> 'hostName', 'atomType', a.registered -> 'atomType',
            'timeZone', a.registered -> 'timeZone', 'status', a.status, 'deleted', a.deleted, 'tokens', case when not a.deleted then k.tokens end, 'environmentId', m.environment_id)) as state
        from atom a join (select stream, max(number) as length from fact where stream like 'atom/%' group by stream) s on s.stream = 'atom/' || a.atom_id
        left join member m on m.atom_id = a.atom_id and m.valid_to is null
        left join (
            select (i.data ->> 'atomId')::uuid as atom_id, jsonb_agg(jsonb_build_object(
                'tokenId', i.data -> 'tokenId', 'secretHash', i.data -> 'secretHash', 'expiresAt', i.data -> 'expiresAt') order by i.position) as tokens
            from fact i
            where i.kind = 'atom-token-issued' and not exists (
                select from fact r where r.kind = 'atom-token-revoked' and r.position > i.position and r.stream = i.stream and r.data -> 'tokenId' = i.data -> 'tokenId')
            group by 1) k on k.atom_id = a.atom_id
        where a.valid_to is null
        """)
    { IsCurrentState = true };

    private static readonly TableProof Attachments = new(
        "attachment_state", "atom_id, process_id", "", "select a.atom_id, a.process_id from attachment a where a.valid_to is null")
    { IsCurrentState = true };

    /// <summary>What an Atom reported counts from its last attachment on.</summary>
    private static readonly TableProof ProcessesOnAtoms = new(
        "process_atom_state", "process_id, atom_id", "stream_version, state",
        """
        select s.process_id, s.atom_id, s.length as stream_version, jsonb_strip_nulls(jsonb_build_object(
            'processId', s.process_id, 'atomId', s.atom_id, 'acknowledgedVersion', r.acknowledged_version,
            'failure', case when r.failed then jsonb_build_object('versionNumber', r.version_number, 'message', r.message) end,
            'extensions', x.extensions, 'paused', case when p.status = 'PAUSED' then true end,
            'schedules', case when l.process_id is not null then jsonb_build_object('schedules', l.schedules, 'retry', l.retry, 'timeZone', l.time_zone, 'status', c.status, 'suspendedFor', c.suspended_for) end)) as state
        from (
            select split_part(stream, '/', 2)::uuid as process_id, split_part(stream, '/', 3)::uuid as atom_id, max(number) as length
            from fact where stream like 'attachment/%' group by stream) s
        left join report r on r.process_id = s.process_id and r.atom_id = s.atom_id and r.next is null
            and not exists (
                select from fact d where d.kind = 'atom-detached' and d.position > r.position
                    and (d.data ->> 'processId')::uuid = s.process_id and (d.data ->> 'atomId')::uuid = s.atom_id)
        left join (
            select x.process_id, x.atom_id, jsonb_agg(
                jsonb_build_object('key', x.key, 'secret', x.secret, 'value', x.value, 'useDefault', x.use_default) order by x.key collate "C") as extensions
            from extension_step x where x.next is null and not x.cleared group by x.process_id, x.atom_id) x on x.process_id = s.process_id and x.atom_id = s.atom_id
        left join scheduled l on l.process_id = s.process_id and l.atom_id = s.atom_id and l.valid_to is null
        left join listening p on p.process_id = s.process_id and p.atom_id = s.atom_id and p.valid_to is null
        left join schedule_life c on c.process_id = s.process_id and c.atom_id = s.atom_id and c.valid_to is null
        where exists (select from fact f where f.stream = concat('attachment/', s.process_id, '/', s.atom_id) and f.kind is not null)
        """)
    { IsCurrentState = true };

    /// <summary>The Process at the top and the version are told by the first event, the version that runs by the start.</summary>
    private static readonly TableProof Executions = new(
        "execution_state", "execution_id", "stream_version, state",
        """
        select e.execution_id, s.length as stream_version, jsonb_strip_nulls(jsonb_build_object(
            'executionId', e.execution_id, 'processId', e.process_id, 'atomId', e.atom_id,
            'kind', e.kind, 'versionNumber', coalesce(e.started_version, e.version_number),
            'status', coalesce(e.ended_as, case when e.started_from is not null then 'STARTED' end, 'REQUESTED'),
            'cancelRequested', e.cancelled_from is not null, 'attempt', e.attempt, 'retryAwaited', exists (select from fact r where r.kind = 'retry-awaited' and r.stream = s.stream), 'topLevelExecutionId', e.top_level_id,
            'topLevelProcessId', coalesce(e.top_level_process_id, e.process_id))) as state
        from run e join (select stream, max(number) as length from fact where stream like 'execution/%' group by stream) s
            on s.stream = concat('execution/', e.process_id, '/', e.execution_id)
        """)
    { IsCurrentState = true };

    private static readonly TableProof Environments = new(
        "environment_state", "environment_id", "stream_version, state",
        """
        select e.environment_id, s.length as stream_version, jsonb_build_object(
            'environmentId', e.environment_id, 'name', e.name, 'classification', e.classification, 'order', e.place, 'deleted', e.deleted) as state
        from environment e join (select stream, max(number) as length from fact where stream like 'environment/%' group by stream) s on s.stream = 'environment/' || e.environment_id
        where e.valid_to is null
        """)
    { IsCurrentState = true };

    private static readonly TableProof EnvironmentUse = new(
        "environment_use_state", "stream_version", "enabled",
        """
        select max(f.number) as stream_version, coalesce((array_agg(f.kind = 'environments-enabled' order by f.position desc) filter (where f.kind is not null))[1], false) as enabled
        from fact f where f.stream = 'environments' having count(*) > 0
        """)
    { IsCurrentState = true };

    private static readonly TableProof AtomsIn = new(
        "environment_atom_state", "environment_id, atom_id", "", "select m.environment_id, m.atom_id from member m where m.atom_id is not null and m.valid_to is null")
    { IsCurrentState = true };

    private static readonly TableProof ProcessesIn = new(
        "environment_process_state", "environment_id, process_id", "", "select m.environment_id, m.process_id from member m where m.process_id is not null and m.valid_to is null")
    { IsCurrentState = true };

    private static readonly TableProof Webhooks = new(
        "webhook_state", "webhook_id", "stream_version, state",
        """
        select w.webhook_id, s.length as stream_version, jsonb_build_object(
            'webhookId', w.webhook_id, 'url', w.data -> 'url', 'eventTypes', w.data -> 'eventTypes', 'enabled', w.data -> 'enabled', 'deleted', w.deleted) as state
        from (
            select distinct on (w.webhook_id) w.webhook_id, w.data, w.next is not null as deleted
            from (
                select w.webhook_id, w.data, w.position, (
                    select min(d.position) from webhook_step d where d.webhook_id = w.webhook_id and d.kind = 'webhook-deleted' and d.position > w.position) as next
                from webhook_step w where w.kind = 'webhook-set') w
            order by w.webhook_id, w.position desc) w
        join (select stream, max(number) as length from fact where stream like 'webhook/%' group by stream) s on s.stream = 'webhook/' || w.webhook_id
        """)
    { IsCurrentState = true };

    /// <summary>Of each thing the last that was said of it, where that does not take it away; of those who pass a freeze what was said after it was set last.</summary>
    private static readonly TableProof Access = new(
        "access_state", "kind, key", "state",
        """
        select s.kind, s.key, s.state
        from (
            select distinct on (a.kind, a.key) a.kind, a.key, a.state, a.position, a.freeze_id
            from (
                select f.position, null as freeze_id, case when f.kind like '%-deleted' or f.kind like '%-removed' or f.kind like '%-revoked' or f.kind = 'freeze-lifted' then null else f.data end as state,
                    case when f.kind like 'role-%' then 'role' when f.kind like 'member-%' then 'member' when f.kind like 'api-key-%' then 'key'
                        when f.kind like 'producer-%' then 'producer' when f.kind like 'freeze-%' then 'freeze' else 'rules' end as kind,
                    coalesce(f.data ->> 'role', f.data ->> 'member', f.data ->> 'keyId', f.data ->> 'producerId', f.data ->> 'freezeId', '') as key
                from fact f where f.stream = 'access' and f.kind not in ('freeze-overridden', 'access-denied')
                union all
                select f.position, f.data ->> 'freezeId', jsonb_set(f.data, '{processIds}', jsonb_build_array(p.id)), 'pass', concat(f.data ->> 'freezeId', '/', p.id)
                from fact f cross join lateral jsonb_array_elements_text(f.data -> 'processIds') p(id) where f.stream = 'access' and f.kind = 'freeze-overridden') a
            order by a.kind, a.key, a.position desc) s
        where s.state is not null and not exists (
            select from fact l where l.stream = 'access' and l.kind in ('freeze-set', 'freeze-lifted') and l.data ->> 'freezeId' = s.freeze_id and l.position > s.position)
        """)
    { IsCurrentState = true };

    private static readonly TableProof AccessUse = new(
        "access_use_state", "stream_version", "", "select max(f.number) as stream_version from fact f where f.stream = 'access' having count(*) > 0")
    { IsCurrentState = true, Aside = ["mark"] };

    private static readonly TableProof Versions = new(
        "process_version", "process_id, version_number", "digest, content_digest, manifest",
        """
        select d.process_id, d.version_number, d.data ->> 'digest' as digest, d.data ->> 'contentDigest' as content_digest, d.data -> 'manifest' as manifest from deployed d
        """)
    { IsCurrentState = true };

    private static readonly TableProof Marks = new(
        "process_version_mark", "process_id, version_number", "label, withdrawn",
        "select m.process_id, m.version_number, m.label, m.withdrawn_from is not null as withdrawn from version_mark m")
    { IsCurrentState = true };

    public static readonly IReadOnlyList<TableProof> All =
        [Account, Components, Dependencies, Atoms, Attachments, ProcessesOnAtoms, Executions, Environments, EnvironmentUse, AtomsIn, ProcessesIn, Webhooks, Access, AccessUse, Versions, Marks, .. LicenceProofs.All];
}
