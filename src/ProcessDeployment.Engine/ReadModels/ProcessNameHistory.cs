using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// By which name and in which folder a Process was in the list, and when it was there at all. A row for each change of that
/// and none for other saves, so that lists of the past are found as fast as those of the present. Comes after
/// <see cref="ComponentHistory"/>, where the row of each change and the one before it are looked up by key.
/// </summary>
public sealed class ProcessNameHistory : IReadModel
{
    private const string Changes = """
        with step as materialized (
            select h.account_id, h.component_id as process_id, h.valid_from, h.name_key, md5(coalesce(h.folder, ''))::uuid as folder_key, h.deleted
            from unnest(^, ^, ^) as t(account_id, component_id, position)
            join process_deployment.component_history h on h.account_id = t.account_id and h.component_id = t.component_id and h.valid_from = t.position
            left join lateral (
                select l.name_key, l.folder, l.deleted from process_deployment.component_history l
                where l.account_id = t.account_id and l.component_id = t.component_id and l.valid_from < t.position
                order by l.valid_from desc limit 1) before on true
            where h.component_type = 'process'
                and (h.name_key, h.folder, h.deleted) is distinct from (before.name_key, before.folder, before.deleted)),
        ended as (
            update process_deployment.process_name_history n set valid_to = s.valid_from
            from (select account_id, process_id, min(valid_from) as valid_from from step group by account_id, process_id) s
            where n.account_id = s.account_id and n.process_id = s.process_id and n.valid_to is null)
        insert into process_deployment.process_name_history (account_id, process_id, valid_from, valid_to, name_key, folder_key)
        select s.account_id, s.process_id, s.valid_from, s.valid_to, s.name_key, s.folder_key
        from (select *, lead(valid_from) over (partition by account_id, process_id order by valid_from) as valid_to from step) s
        where not s.deleted
        """;

    public IReadOnlyList<string> Tables => ["process_name_history"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        // Of what was deleted or restored only the history says whether it is a Process.
        var changes = page.Of<ComponentEvent>().Where(change => change.Event is not RevisionMade saved || saved.ComponentType is ComponentTypes.Process).ToList();
        sql.Execute(Changes, Rows.Of(changes)
            .Text(change => change.Recorded.AccountId)
            .Uuid(change => change.Event.ComponentId)
            .Position(change => change.Recorded.Position));
    }
}
