using System.Text.Json;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What a component is and was. The newest row is the current one, so a look-up goes to the end of its key.</summary>
public sealed class ComponentHistory : IReadModel
{
    private const string Close = """
        update process_deployment.component_history h set valid_to = c.position
        from unnest(^, ^, ^) as c(account_id, component_id, position)
        cross join lateral (
            select valid_from from process_deployment.component_history l
            where l.account_id = c.account_id and l.component_id = c.component_id order by l.valid_from desc limit 1) last
        where h.account_id = c.account_id and h.component_id = c.component_id and h.valid_from = last.valid_from
        """;

    /// <summary>Deleted and restored rows repeat the revision before them. It is in the table, or earlier in the same page.</summary>
    private const string InsertRepeated = """
        insert into process_deployment.component_history
        select c.account_id, c.component_id, c.valid_from, c.valid_to, h.component_type, h.name, h.name_key, h.folder, h.revision, h.content_hash,
            h.connector_type, h.connector_class, h.start_step, h.refers_to, h.extensions, h.source_revision, h.saved_by, h.saved_at,
            c.actor, c.time, c.deleted
        from unnest(^, ^, ^, ^, ^, ^, ^) as c(account_id, component_id, valid_from, valid_to, actor, time, deleted)
        cross join lateral (
            select * from process_deployment.component_history l
            where l.account_id = c.account_id and l.component_id = c.component_id and l.valid_from < c.valid_from
            order by l.valid_from desc limit 1) h
        """;

    private const string InsertRevisions = """
        insert into process_deployment.component_history
        select c.account_id, c.component_id, c.valid_from, c.valid_to, c.component_type, c.name, c.name_key, c.folder, c.revision, c.content_hash,
            c.connector_type, c.connector_class, c.start_step, c.refers_to, c.extensions, c.source_revision, c.actor, c.time, c.actor, c.time, false
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as c(
            account_id, component_id, valid_from, valid_to, component_type, name, name_key, folder, revision, content_hash,
            connector_type, connector_class, start_step, refers_to, extensions, source_revision, actor, time)
        """;

    public IReadOnlyList<string> Tables => ["component_history"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var steps = Timeline.Of(page.Of<ComponentEvent>(), c => new Subject(c.Recorded.AccountId, c.Event.ComponentId), c => c.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.Event.ComponentId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertRevisions, Revisions([.. steps.Where(s => s.Item.Event is RevisionMade).Select(s => new Revision(s.Item.Recorded, (RevisionMade)s.Item.Event, s.ValidTo))]));
        sql.Execute(InsertRepeated, Rows.Of(steps.FindAll(s => s.Item.Event is not RevisionMade))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Event.ComponentId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time)
            .Flag(s => s.Item.Event is ComponentDeleted));
    }

    private static Rows<Revision> Revisions(List<Revision> revisions) => Rows.Of(revisions)
        .Text(r => r.Recorded.AccountId)
        .Uuid(r => r.Made.ComponentId)
        .Position(r => r.Recorded.Position)
        .OptionalPosition(r => r.ValidTo)
        .Text(r => r.Made.ComponentType)
        .Text(r => r.Made.Name)
        .Text(r => NameKey.Of(r.Made.Name))
        .Text(r => r.Made.Folder)
        .Number(r => r.Made.Revision)
        .Text(r => r.Made.ContentHash)
        .Text(r => r.Made.Connector?.Type)
        .Text(r => WireWord.Of(r.Made.Connector?.Class))
        .Text(r => WireWord.Of(r.Made.StartStep))
        .Json(r => r.Made.References.Count == 0 ? "[]" : JsonSerializer.Serialize(r.Made.References, ReadModelJson.Default.References))
        .Json(r => r.Made.Extensions.Count == 0 ? "[]" : JsonSerializer.Serialize(r.Made.Extensions, ReadModelJson.Default.Extensions))
        .Text(r => r.Made.SourceRevision)
        .Text(r => r.Recorded.Actor)
        .Time(r => r.Recorded.Time);

    private sealed record Revision(Recorded Recorded, RevisionMade Made, long? ValidTo);
}
