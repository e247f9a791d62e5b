namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Proofs of what environments are and were, of what was in them and what was current there.</summary>
internal static class EnvironmentProofs
{
    public static readonly TableProof History = new(
        "environment_history", "environment_id, valid_from", "valid_to, name, classification, place, created_by, created_at, changed_by, changed_at, deleted",
        "select * from environment");

    public static readonly TableProof Use = new(
        "environment_use_history", "valid_from", "valid_to, enabled, set_by, set_at",
        """
        select f.position as valid_from, lead(f.position) over (order by f.position) as valid_to, f.kind = 'environments-enabled' as enabled, f.actor as set_by, f.time as set_at
        from fact f where f.kind in ('environments-enabled', 'environments-disabled')
        """);

    public static readonly TableProof Atoms = new(
        "environment_atom", "atom_id, valid_from", "valid_to, environment_id, attached_by, attached_at", "select * from member where atom_id is not null");

    public static readonly TableProof Processes = new(
        "environment_process", "process_id, environment_id, valid_from", "valid_to, attached_by, attached_at", "select * from member where process_id is not null");

    public static readonly TableProof Versions = new(
        "environment_version", "process_id, environment_id, valid_from", "valid_to, version_number, promoted, deployed_by, deployed_at, note, reason, connections",
        """
        select i.process_id, i.environment_id, i.position as valid_from, i.next as valid_to, i.version_number, i.promoted, i.actor as deployed_by, i.time as deployed_at, i.note, i.reason,
            coalesce((
                select jsonb_agg(jsonb_build_object('componentId', p.component_id, 'type', p.connector_type, 'class', p.connector_class, 'exempt', p.exempt) order by p.component_id)
                from pinned p where p.process_id = i.process_id and p.version_number = i.version_number and p.connector_class is not null), '[]') as connections
        from current_in i
        """);
}
