using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// Connections that Processes have on Atoms, exempt ones too: of the current version where an Atom is attached by itself, and of
/// the version in its environment where it is attached by that, which also says to which pools it counts (R28, R34).
/// </summary>
internal static class LicensedPairs
{
    /// <summary>A relation, to be put in brackets.</summary>
    public static string Of(Moment at) => $"""
        select p.connector_type, p.connector_class, 'PROD' as classification, p.exempt, p.component_id, p.process_id, t.atom_id, null::uuid as environment_id
        from process_deployment.pinned_component p
        join process_deployment.attachment t on t.account_id = $1 and t.process_id = p.process_id and {at.Holds("t")} and t.environment_id is null
        where p.account_id = $1 and p.connector_class is not null and {at.Holds("p")}
        union all
        select c.value ->> 'type', c.value ->> 'class', n.classification, (c.value ->> 'exempt')::boolean, (c.value ->> 'componentId')::uuid, t.process_id, t.atom_id, t.environment_id
        from process_deployment.environment_version v
        join process_deployment.attachment t on t.account_id = $1 and t.process_id = v.process_id and t.environment_id = v.environment_id and {at.Holds("t")}
        {at.Environment("n", "v.environment_id")}
        cross join lateral jsonb_array_elements(v.connections) c
        where v.account_id = $1 and {at.Holds("v")}
        """;
}
