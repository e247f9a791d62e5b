namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// What the list is filtered, ordered and counted by. Written only where it differs, so that the saves of a day leave it
/// alone; the bold flag moves together with the list. Comes after it.
/// </summary>
public sealed class ProcessNames : IReadModel
{
    private const string Refresh = """
        insert into process_deployment.process_name (account_id, process_id, name_key, folder_key, revised)
        select l.account_id, l.process_id, l.name_key, md5(coalesce(l.folder, ''))::uuid, l.revised
        from unnest(^, ^) as t(account_id, process_id)
        join process_deployment.process_list l on l.account_id = t.account_id and l.process_id = t.process_id
        where not exists (
            select from process_deployment.process_name k
            where k.account_id = l.account_id and k.process_id = l.process_id
                and k.name_key = l.name_key and k.folder_key = md5(coalesce(l.folder, ''))::uuid and k.revised = l.revised)
        on conflict (account_id, process_id) do update set name_key = excluded.name_key, folder_key = excluded.folder_key, revised = excluded.revised
        """;

    private const string Remove = """
        delete from process_deployment.process_name n
        using unnest(^, ^) as t(account_id, process_id)
        where n.account_id = t.account_id and n.process_id = t.process_id
            and not exists (select from process_deployment.process_list l where l.account_id = t.account_id and l.process_id = t.process_id)
        """;

    public IReadOnlyList<string> Tables => ["process_name"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var saved = page.SavedProcesses.Select(s => new Subject(s.Recorded.AccountId, s.Event.ComponentId));
        sql.Execute(Refresh, Subject.Keys([.. saved, .. page.StartedAfresh]));
        sql.Execute(Remove, Subject.Keys(page.Deleted));
    }
}
