namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// Why a Process is bold (R21–R23, #21, #38–#47): what its current version pins is compared with what each component is
/// now. Per component the first code that fits. In the words of the contract, so that the list is answered as it stands.
/// </summary>
public static class ProcessReasons
{
    /// <summary>Joins to <c>t(account_id, process_id)</c> as <c>b(reasons)</c>; null when everything is as deployed.</summary>
    public const string JoinLateral = """
        left join lateral (
            select jsonb_agg(jsonb_build_object(
                'code', case
                    when c.deleted then 'ComponentDeleted'
                    when c.content_hash = p.content_hash then 'RevisedButIdentical'
                    when exists (
                        select from process_deployment.pinned_component e
                        where e.account_id = p.account_id and e.process_id = p.process_id and e.component_id = p.component_id and e.revision = c.revision)
                        then 'RolledBack'
                    else 'Revised' end,
                'componentId', p.component_id, 'name', c.name, 'deployedRevision', p.revision, 'latestRevision', c.revision,
                'by', case when c.deleted then c.changed_by else c.saved_by end, 'at', case when c.deleted then c.changed_at else c.saved_at end)
                order by c.name collate "C", p.component_id) as reasons
            from process_deployment.pinned_component p
            cross join lateral (
                select * from process_deployment.component_history h
                where h.account_id = p.account_id and h.component_id = p.component_id order by h.valid_from desc limit 1) c
            where p.account_id = t.account_id and p.process_id = t.process_id and p.valid_to is null and (c.deleted or c.revision <> p.revision)) b on true
        """;
}
