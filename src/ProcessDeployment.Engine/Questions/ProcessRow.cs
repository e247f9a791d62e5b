using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// The row of the list made from the histories as the list makes it: for what it said in the past, and for Processes that
/// have left it.
/// </summary>
internal static class ProcessRow
{
    /// <summary>What the current version <c>v</c> of <c>t(account_id, process_id)</c> pins, from its own manifest: the pins of a long history would be walked over.</summary>
    private const string Pins = """
        (select t.account_id, t.process_id, (m.value ->> 'componentId')::uuid as component_id, (m.value ->> 'revision')::int as revision,
            m.value ->> 'contentHash' as content_hash, v.valid_from
         from jsonb_array_elements(v.manifest) m)
        """;

    /// <summary>Joins it, with what only one Process is asked for: its references, its note and whether it is deleted.</summary>
    public static string Join(Moment at, string alias, string processId, string condition = "true") => $"""
        cross join lateral (
            select $1::text as account_id, c.component_id as process_id, c.name, c.name_key, c.folder, c.start_step, c.revision as latest_revision,
                c.saved_by, c.saved_at, c.deleted, c.changed_by, c.changed_at, c.refers_to,
                v.version_number as current_version, v.deployed_by, v.deployed_at, v.note,
                array(
                    select a.atom_id from process_deployment.attachment a
                    where a.account_id = $1 and a.process_id = c.component_id and {at.Holds("a")} order by a.atom_id) as atom_ids,
                v.version_number is null or b.reasons is not null as revised,
                case when v.version_number is null then {ProcessReasons.NeverDeployed("c", "c.component_id")} else coalesce(b.reasons, '[]'::jsonb) end as reasons
            from (select $1::text as account_id, {processId} as process_id) t
            {at.Component("c", "t.process_id")}
            {at.CurrentVersion("v", "t.process_id")}
            {ProcessReasons.JoinLateral(Pins, at.Component("c", "p.component_id"))}
            where c.component_type = 'process' and {condition}) {alias}
        """;

    /// <summary>Whether a Process is bold, without the reasons.</summary>
    public static string Revised(Moment at, string processId) => $"""
        (select v.version_number is null or exists (select from {Pins} p {at.Component("c", "p.component_id")} where {ProcessReasons.Moved})
         from (select $1::text as account_id, {processId} as process_id) t {at.CurrentVersion("v", "t.process_id")})
        """;
}
