namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Proofs of what lists show now.</summary>
internal static class ListProofs
{
    /// <summary>Each pin of a current version that is not what the component is now, with the first code that fits.</summary>
    private const string Reasons = """
        select p.process_id, jsonb_agg(jsonb_build_object(
            'code', case
                when c.deleted then 'ComponentDeleted'
                when c.content_hash = p.content_hash then 'RevisedButIdentical'
                when earlier.revision is not null then 'RolledBack'
                else 'Revised' end,
            'componentId', c.component_id, 'name', c.name, 'deployedRevision', p.revision, 'latestRevision', c.revision,
            'by', case when c.deleted then c.changed_by else c.saved_by end, 'at', case when c.deleted then c.changed_at else c.saved_at end)
            order by c.name collate "C", c.component_id) as reasons
        from pinned p
        join component_now c using (component_id)
        left join (select distinct process_id, component_id, revision from pinned where next is not null) earlier
            on earlier.process_id = p.process_id and earlier.component_id = p.component_id and earlier.revision = c.revision
        where p.next is null and (c.deleted or c.revision <> p.revision)
        group by p.process_id
        """;

    /// <summary>The list and the names it is filtered by are held against the same rows, told once.</summary>
    private static readonly SharedFold Rows = new("list_now", $"""
        select c.component_id as process_id, c.name, n.name_key collate "C" as name_key, c.data ->> 'folder' as folder, c.data ->> 'startStep' as start_step,
            c.revision as latest_revision, c.saved_by, c.saved_at, d.version_number as current_version, d.actor as deployed_by, d.time as deployed_at,
            coalesce(a.atom_ids, array[]::uuid[]) as atom_ids, d.process_id is null or r.reasons is not null as revised,
            case when d.process_id is null
                then jsonb_build_array(jsonb_build_object(
                    'code', 'NeverDeployed', 'componentId', c.component_id, 'name', c.name, 'latestRevision', c.revision, 'by', c.saved_by, 'at', c.saved_at))
                else coalesce(r.reasons, '[]') end as reasons
        from component_now c
        left join folded n on n.name = c.name
        left join version_step d on d.process_id = c.component_id and d.next is null
        left join (select process_id, array_agg(atom_id order by atom_id) as atom_ids from attachment where valid_to is null group by process_id) a on a.process_id = c.component_id
        left join ({Reasons}) r on r.process_id = c.component_id
        where c.data ->> 'componentType' = 'process' and not c.deleted
        """);

    public static readonly TableProof Processes = new(
        "process_list", "process_id",
        "name, name_key, folder, start_step, latest_revision, saved_by, saved_at, current_version, deployed_by, deployed_at, atom_ids, revised, reasons",
        $"select * from {Rows.Name}")
    { Over = Rows };

    public static readonly TableProof Names = new(
        "process_name", "process_id", "name_key, folder_key, revised",
        $"select l.process_id, l.name_key, md5(coalesce(l.folder, ''))::uuid as folder_key, l.revised from {Rows.Name} l")
    { Over = Rows };

    public static readonly TableProof Position = new(
        "read_position", "position", "time", "select f.position, f.time from fact f where f.position = $2");
}
