namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Proofs of the histories: ranges of positions in which something held.</summary>
internal static class HistoryProofs
{
    public static readonly TableProof Components = new(
        "component_history", "component_id, valid_from",
        "valid_to, component_type, name, name_key, folder, revision, content_hash, connector_type, connector_class, start_step, refers_to, extensions, source_revision, saved_by, saved_at, changed_by, changed_at, deleted",
        """
        select c.component_id, c.valid_from, c.valid_to, c.data ->> 'componentType' as component_type, c.data ->> 'name' as name, n.name_key collate "C" as name_key,
            c.data ->> 'folder' as folder, (c.data ->> 'revision')::int as revision, c.data ->> 'contentHash' as content_hash,
            c.data #>> '{connector,type}' as connector_type, c.data #>> '{connector,class}' as connector_class, c.data ->> 'startStep' as start_step,
            c.data -> 'references' as refers_to, c.data -> 'extensions' as extensions, c.data ->> 'sourceRevision' as source_revision,
            c.saved_by, c.saved_at, c.changed_by, c.changed_at, c.deleted
        from component c left join folded n on n.name = c.data ->> 'name'
        """);

    /// <summary>Islands again, of saves in a row that refer to the same.</summary>
    public static readonly TableProof References = new(
        "component_reference", "from_id, to_id, kind, valid_from", "valid_to",
        """
        select from_id, to_id, kind, min(position) as valid_from, (array_agg(next order by turn desc))[1] as valid_to
        from (
            select *, turn - row_number() over (partition by from_id, to_id, kind order by turn) as island
            from (
                select distinct s.from_id, (r ->> 'componentId')::uuid as to_id, r ->> 'kind' as kind, s.position, s.next, s.turn
                from (
                    select (f.data ->> 'componentId')::uuid as from_id, f.position, f.data, lead(f.position) over w as next, row_number() over w as turn
                    from fact f where f.kind = 'revision-made'
                    window w as (partition by f.data ->> 'componentId' order by f.position)) s
                cross join jsonb_array_elements(s.data -> 'references') r) stated) islands
        group by from_id, to_id, kind, island
        """);

    /// <summary>Each row ends with the next change of name, folder or life, wherever that is.</summary>
    public static readonly TableProof ProcessNames = new(
        "process_name_history", "process_id, valid_from", "valid_to, name_key, folder_key",
        """
        select * from (
            select s.component_id as process_id, s.valid_from, lead(s.valid_from) over (partition by s.component_id order by s.valid_from) as valid_to,
                n.name_key collate "C" as name_key, md5(coalesce(s.data ->> 'folder', ''))::uuid as folder_key, s.deleted
            from (
                select c.*, lag(array[n.name_key, c.data ->> 'folder', c.deleted::text]) over (partition by c.component_id order by c.valid_from) as before
                from component c left join folded n on n.name = c.data ->> 'name'
                where c.data ->> 'componentType' = 'process') s
            left join folded n on n.name = s.data ->> 'name'
            where array[n.name_key, s.data ->> 'folder', s.deleted::text] is distinct from s.before) changes
        where not deleted
        """);

    public static readonly TableProof Atoms = new(
        "atom_history", "atom_id, valid_from",
        "valid_to, name, host_name, atom_type, time_zone, registered_by, registered_at, changed_by, changed_at, deleted, status",
        """
        select a.atom_id, a.valid_from, a.valid_to, a.name, a.registered ->> 'hostName' as host_name, a.registered ->> 'atomType' as atom_type,
            a.registered ->> 'timeZone' as time_zone, a.registered_by, a.registered_at, a.changed_by, a.changed_at, a.deleted, a.status
        from atom a
        """);

    public static readonly TableProof Attachments = new(
        "attachment", "process_id, atom_id, valid_from", "environment_id, valid_to, attached_by, attached_at, detached_by, detached_at", "select * from attachment");

    public static readonly TableProof Downloads = new(
        "download", "process_id, atom_id, valid_from", "valid_to, version_number, failed, acknowledged_version, message, reported_at",
        """
        select r.process_id, r.atom_id, r.position as valid_from, r.next as valid_to, r.version_number, r.failed, r.acknowledged_version, r.message, r.time as reported_at
        from report r
        """);

    public static readonly TableProof Extensions = new(
        "extension_value", "process_id, atom_id, key, valid_from", "valid_to, secret, value, use_default, set_by, set_at",
        """
        select x.process_id, x.atom_id, x.key, x.position as valid_from, x.next as valid_to, x.secret, x.value, x.use_default, x.actor as set_by, x.time as set_at
        from extension_step x where not x.cleared
        """);

    public static readonly TableProof ScheduleLists = new(
        "schedule_list", "process_id, atom_id, valid_from", "valid_to, time_zone, schedules, retry, set_by, set_at", "select * from scheduled");

    public static readonly TableProof ScheduleStatuses = new(
        "schedule_status", "process_id, atom_id, valid_from", "valid_to, status, suspended_for, changed_by, changed_at", "select * from schedule_life");

    public static readonly TableProof Listeners = new(
        "listener_status", "process_id, atom_id, valid_from", "valid_to, status, changed_by, changed_at", "select * from listening");

    public static readonly TableProof Executions = new(
        "execution", "execution_id",
        "process_id, atom_id, kind, version_number, properties, due_at, retry_of, attempt, parent_id, top_level_id, begun_from, begun_by, begun_at, started_from, started_at, started_version, "
        + "cancelled_from, cancelled_by, cancelled_at, ended_from, ended_at, ended_as, message, log_tail",
        "select * from run");

    public static readonly TableProof Webhooks = new(
        "webhook", "webhook_id, valid_from", "valid_to, url, event_types, enabled, set_by, set_at",
        """
        select w.webhook_id, w.position as valid_from, w.next as valid_to, w.data ->> 'url' as url, w.data -> 'eventTypes' as event_types, (w.data ->> 'enabled')::boolean as enabled,
            w.actor as set_by, w.time as set_at
        from webhook_step w where w.kind = 'webhook-set'
        """);

    public static readonly TableProof Versions = new(
        "version_history", "process_id, version_number",
        "valid_from, valid_to, deployed_by, deployed_at, reason, note, redeploy_of, identical_to, digest, content_digest, manifest, targets, audit, extensions, start_step, label, label_from, withdrawn_from",
        """
        select d.process_id, d.version_number, d.position as valid_from, d.next as valid_to, d.actor as deployed_by, d.time as deployed_at,
            d.headers ->> 'reason' as reason, d.data ->> 'note' as note, (d.data ->> 'redeployOf')::int as redeploy_of, (d.data ->> 'identicalTo')::int as identical_to,
            d.data ->> 'digest' as digest, d.data ->> 'contentDigest' as content_digest, d.data -> 'manifest' as manifest, d.data -> 'targets' as targets, d.data -> 'audit' as audit,
            m.extensions, m.start_step, k.label, k.label_from, k.withdrawn_from
        from deployed d
        left join version_mark k on k.process_id = d.process_id and k.version_number = d.version_number
        left join lateral (
            select m -> 'extensions' as extensions, m ->> 'startStep' as start_step from jsonb_array_elements(d.data -> 'manifest') m where m ->> 'componentId' = d.process_id::text limit 1) m on true
        """);

    public static readonly TableProof Pins = new(
        "pinned_component", "process_id, component_id, valid_from", "revision, content_hash, connector_type, connector_class, exempt, valid_to", "select * from pin");

    public static readonly TableProof Pools = new(
        "licence_pool_history", "class, classification, valid_from", "valid_to, purchased, set_by, set_at",
        """
        select p.class, p.classification, p.position as valid_from,
            lead(p.position) over (partition by p.class, p.classification order by p.position) as valid_to, p.purchased, p.actor as set_by, p.time as set_at
        from (
            select f.*, f.data ->> 'class' as class, v.classification, v.purchased::int
            from fact f cross join lateral (values ('PROD', f.data ->> 'production'), ('TEST', f.data ->> 'test')) as v(classification, purchased)
            where f.kind = 'licences-purchased' and v.purchased is not null) p
        """);

    public static readonly TableProof Mode = new(
        "licence_mode_history", "valid_from", "valid_to, mode, set_by, set_at",
        """
        select f.position as valid_from, lead(f.position) over (order by f.position) as valid_to, f.data ->> 'mode' as mode, f.actor as set_by, f.time as set_at
        from fact f where f.kind = 'licence-enforcement-changed'
        """);
}
