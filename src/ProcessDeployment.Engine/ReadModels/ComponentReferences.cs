using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Where a component is used, directly. A deleted component keeps its references: whoever asks decides whether it counts.</summary>
public sealed class ComponentReferences : IReadModel
{
    private const string Insert = """
        insert into process_deployment.component_reference
        select r.account_id, r.from_id, r.to_id, r.kind, r.valid_from, r.valid_to
        from unnest(^, ^, ^, ^, ^, ^, ^) as r(account_id, from_id, to_id, kind, valid_from, valid_to, first)
        where not r.first or not exists (
            select from (
                select * from process_deployment.component_reference l
                where l.account_id = r.account_id and l.from_id = r.from_id and l.to_id = r.to_id and l.kind = r.kind order by l.valid_from desc limit 1) h
            where h.valid_to is not distinct from r.valid_to)
        """;

    /// <summary>Comes first. What goes on stays, or gets the end it has within the page; the insert passes over it.</summary>
    private const string Close = """
        update process_deployment.component_reference h
        set valid_to = case when s.kept ? (h.to_id || ':' || h.kind) then (s.kept ->> (h.to_id || ':' || h.kind))::bigint else s.position end
        from unnest(^, ^, ^, ^) as s(account_id, from_id, position, kept)
        where h.account_id = s.account_id and h.from_id = s.from_id and h.valid_to is null
            and not (s.kept @> jsonb_build_object(h.to_id || ':' || h.kind, null))
        """;

    public IReadOnlyList<string> Tables => ["component_reference"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var timeline = new SetTimeline<ComponentReference>();
        foreach (var (recorded, made) in page.Of<RevisionMade>())
            timeline.Stated(new(recorded.AccountId, made.ComponentId), recorded.Position, made.References);

        sql.Execute(Close, Rows.Of(timeline.Starts)
            .Text(s => s.Owner.AccountId)
            .Uuid(s => s.Owner.Id)
            .Position(s => s.Position)
            .Json(s => s.Kept(static reference => $"{reference.ComponentId}:{WireWord.Of(reference.Kind)}")));
        sql.Execute(Insert, Rows.Of(timeline.Runs)
            .Text(r => r.Owner.AccountId)
            .Uuid(r => r.Owner.Id)
            .Uuid(r => r.Element.ComponentId)
            .Text(r => WireWord.Of(r.Element.Kind))
            .Position(r => r.ValidFrom)
            .OptionalPosition(r => r.ValidTo)
            .Flag(r => r.First));
    }
}
