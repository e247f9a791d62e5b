namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// The one place that says which moment a question is about. Histories keep ranges of positions, [valid_from, valid_to);
/// what holds now has no end yet.
/// </summary>
internal static class Now
{
    /// <summary>A condition: the row holds.</summary>
    public static string Holds(string alias) => $"{alias}.valid_to is null";

    /// <summary>Joins what a component is, deleted ones too, under the name <paramref name="alias"/>; found at the end of its key.</summary>
    public static string Component(string alias, string id) => $"""
        cross join lateral (
            select * from process_deployment.component_history h
            where h.account_id = $1 and h.component_id = {id} order by h.valid_from desc limit 1) {alias}
        """;

    /// <summary>The same for what may never have been saved.</summary>
    public static string ComponentIfAny(string alias, string id) => $"""
        left join lateral (
            select * from process_deployment.component_history h
            where h.account_id = $1 and h.component_id = {id} order by h.valid_from desc limit 1) {alias} on true
        """;

    /// <summary>Joins what an Atom is, deleted ones too.</summary>
    public static string Atom(string alias, string id) => $"""
        cross join lateral (
            select * from process_deployment.atom_history h
            where h.account_id = $1 and h.atom_id = {id} order by h.valid_from desc limit 1) {alias}
        """;

    /// <summary>Joins the current version of a Process, if there is one.</summary>
    public static string CurrentVersion(string alias, string processId) => $"""
        left join lateral (
            select * from process_deployment.version_history h
            where h.account_id = $1 and h.process_id = {processId} order by h.version_number desc limit 1) {alias} on true
        """;
}
