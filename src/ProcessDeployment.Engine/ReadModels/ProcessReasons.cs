namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// Why a Process is bold (R21–R23, #21, #38–#47): what its current version pins is compared with what each component is
/// now. Per component the first code that fits. In the words of the contract, so that the list is answered as it stands.
/// </summary>
internal static class ProcessReasons
{
    /// <summary>What a component is now: the newest row of its history.</summary>
    public static string JoinNow(string accountId, string componentId, string @as = "c") => $"""
        cross join lateral (
            select * from process_deployment.component_history h
            where h.account_id = {accountId} and h.component_id = {componentId} order by h.valid_from desc limit 1) {@as}
        """;

    /// <summary>Whether a pin <c>p</c> is a reason.</summary>
    public const string Moved = "(c.deleted or c.revision <> p.revision)";

    /// <summary>Why, for a pin <c>p</c> that is one.</summary>
    public const string Reason = """
        jsonb_build_object(
            'code', case
                when c.deleted then 'ComponentDeleted'
                when c.content_hash = p.content_hash then 'RevisedButIdentical'
                when exists (
                    select from process_deployment.pinned_component e
                    where e.account_id = p.account_id and e.process_id = p.process_id and e.component_id = p.component_id
                        and e.valid_from < p.valid_from and e.revision = c.revision)
                    then 'RolledBack'
                else 'Revised' end,
            'componentId', p.component_id, 'name', c.name, 'deployedRevision', p.revision, 'latestRevision', c.revision,
            'by', case when c.deleted then c.changed_by else c.saved_by end, 'at', case when c.deleted then c.changed_at else c.saved_at end)
        """;

    /// <summary>All of them, as <c>b(reasons)</c>; null when everything is as deployed.</summary>
    /// <param name="pins">The pins that hold, as <c>p</c>.</param>
    /// <param name="component">Joins what the component of a pin is, as <c>c</c>.</param>
    public static string JoinLateral(string pins, string component) => $"""
        left join lateral (
            select jsonb_agg({Reason} order by c.name collate "C", p.component_id) as reasons
            from {pins} p
            {component}
            where {Moved}) b on true
        """;

    /// <summary>For a Process without a version, from whatever has the columns of <c>component_history</c>.</summary>
    public static string NeverDeployed(string process, string processId) => $"""
        jsonb_build_array(jsonb_build_object(
            'code', 'NeverDeployed', 'componentId', {processId}, 'name', {process}.name, 'latestRevision', {process}.revision,
            'by', {process}.saved_by, 'at', {process}.saved_at))
        """;
}
