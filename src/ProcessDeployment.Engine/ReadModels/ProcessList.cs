namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// The list operators live with. Rows are made from the histories as they stand after the page, so that a page of any
/// size, in any order of accounts, ends in the same list. Comes after all histories.
/// </summary>
public sealed class ProcessList : IReadModel
{
    /// <summary>The current state of a touched component, if it is a Process.</summary>
    private const string JoinProcess = """
        cross join lateral (
            select * from process_deployment.component_history h
            where h.account_id = t.account_id and h.component_id = t.process_id order by h.valid_from desc limit 1) c
        """;

    private const string Refresh = $"""
        insert into process_deployment.process_list (
            account_id, process_id, name, name_key, folder, start_step, latest_revision, saved_by, saved_at,
            current_version, deployed_by, deployed_at, atom_ids, revised, reasons)
        select t.account_id, t.process_id, c.name, c.name_key, c.folder, c.start_step, c.revision, c.saved_by, c.saved_at,
            v.version_number, v.deployed_by, v.deployed_at,
            coalesce((
                select array_agg(a.atom_id order by a.atom_id) from process_deployment.attachment a
                where a.account_id = t.account_id and a.process_id = t.process_id and a.valid_to is null), array[]::uuid[]),
            v.version_number is null or b.reasons is not null,
            case when v.version_number is null then jsonb_build_array(jsonb_build_object(
                'code', 'NeverDeployed', 'componentId', t.process_id, 'name', c.name, 'latestRevision', c.revision, 'by', c.saved_by, 'at', c.saved_at))
            else coalesce(b.reasons, '[]'::jsonb) end
        from unnest(^, ^) as t(account_id, process_id)
        {JoinProcess}
        left join lateral (
            select * from process_deployment.version_history h
            where h.account_id = t.account_id and h.process_id = t.process_id order by h.version_number desc limit 1) v on true
        {ProcessReasons.JoinLateral}
        where c.component_type = 'process' and not c.deleted
        on conflict (account_id, process_id) do update set
            name = excluded.name, name_key = excluded.name_key, folder = excluded.folder, start_step = excluded.start_step,
            latest_revision = excluded.latest_revision, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
            current_version = excluded.current_version, deployed_by = excluded.deployed_by, deployed_at = excluded.deployed_at,
            atom_ids = excluded.atom_ids, revised = excluded.revised, reasons = excluded.reasons
        """;

    private const string RefreshNames = """
        insert into process_deployment.process_name as n (account_id, process_id, name_key, folder_key, revised)
        select l.account_id, l.process_id, l.name_key, md5(coalesce(l.folder, ''))::uuid, l.revised
        from unnest(^, ^) as t(account_id, process_id)
        join process_deployment.process_list l on l.account_id = t.account_id and l.process_id = t.process_id
        where not exists (
            select from process_deployment.process_name k
            where k.account_id = l.account_id and k.process_id = l.process_id
                and k.name_key = l.name_key and k.folder_key = md5(coalesce(l.folder, ''))::uuid and k.revised = l.revised)
        on conflict (account_id, process_id) do update set name_key = excluded.name_key, folder_key = excluded.folder_key, revised = excluded.revised
        """;

    private static readonly string[] RemoveDeleted = [.. new[] { "process_list", "process_name" }.Select(table => $"""
        delete from process_deployment.{table} l
        using unnest(^, ^) as t(account_id, process_id)
        {JoinProcess}
        where l.account_id = t.account_id and l.process_id = t.process_id and c.deleted
        """)];

    /// <summary>
    /// A save touches one stream; that it makes ten thousand Processes bold happens here, in one statement. Those with
    /// events of their own are written already.
    /// </summary>
    private const string RefreshConcerned = $"""
        with moved as (
            update process_deployment.process_list l
            set revised = b.reasons is not null, reasons = coalesce(b.reasons, '[]'::jsonb)
            from (
                select distinct p.account_id, p.process_id
                from unnest(^, ^) as c(account_id, component_id)
                join process_deployment.pinned_component p on p.account_id = c.account_id and p.component_id = c.component_id and p.valid_to is null
                where (p.account_id, p.process_id) not in (select * from unnest(^, ^))) t
            {ProcessReasons.JoinLateral}
            where l.account_id = t.account_id and l.process_id = t.process_id and l.reasons is distinct from coalesce(b.reasons, '[]'::jsonb)
            returning l.account_id, l.process_id, l.revised)
        update process_deployment.process_name n set revised = m.revised
        from moved m where n.account_id = m.account_id and n.process_id = m.process_id and n.revised <> m.revised
        """;

    public IReadOnlyList<string> Tables => ["process_list", "process_name"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        sql.Execute(Refresh, Keys(page.Processes));
        sql.Execute(RefreshNames, Keys(page.Processes));
        foreach (var remove in RemoveDeleted) sql.Execute(remove, Keys(page.Deleted));
        sql.Execute(RefreshConcerned, Keys(page.Changed), Keys(page.Processes));
    }

    private static Rows<Subject> Keys(IReadOnlyList<Subject> subjects) => Rows.Of(subjects).Text(s => s.AccountId).Uuid(s => s.Id);
}
