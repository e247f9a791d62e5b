using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>The inverted index of manifests: what a Process runs, and which Processes run a component.</summary>
public sealed class PinnedComponents : IReadModel
{
    /// <summary>What makes two pins the same, as SQL and as <see cref="Pin.Identity"/>.</summary>
    private const string Identity = "concat_ws(':', h.component_id, h.revision, h.content_hash, h.exempt, h.connector_type, h.connector_class)";

    private const string Insert = $"""
        insert into process_deployment.pinned_component
        select r.account_id, r.process_id, r.component_id, r.revision, r.content_hash, r.connector_type, r.connector_class, r.exempt, r.valid_from, r.valid_to
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as r(
            account_id, process_id, component_id, revision, content_hash, connector_type, connector_class, exempt, valid_from, valid_to, first, identity)
        where not r.first or not exists (
            select from (
                select * from process_deployment.pinned_component l
                where l.account_id = r.account_id and l.process_id = r.process_id and l.component_id = r.component_id order by l.valid_from desc limit 1) h
            where h.valid_to is not distinct from r.valid_to and {Identity} = r.identity)
        """;

    /// <summary>Comes first, since only one pin of a component is open at a time. What goes on stays, or gets the end it has within the page.</summary>
    private const string Close = $"""
        update process_deployment.pinned_component h
        set valid_to = case when s.kept ? {Identity} then (s.kept ->> {Identity})::bigint else s.position end
        from unnest(^, ^, ^, ^) as s(account_id, process_id, position, kept)
        where h.account_id = s.account_id and h.process_id = s.process_id and h.valid_to is null
            and not s.kept @> jsonb_build_object({Identity}, null)
        """;

    public IReadOnlyList<string> Tables => ["pinned_component"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var timeline = new SetTimeline<Pin>();
        foreach (var (recorded, deployed) in page.Of<VersionDeployed>())
            timeline.Stated(new(recorded.AccountId, deployed.ProcessId), recorded.Position, deployed.Manifest.Select(Pin.Of));

        sql.Execute(Close, Rows.Of(timeline.Starts)
            .Text(s => s.Owner.AccountId).Uuid(s => s.Owner.Id).Position(s => s.Position).Json(s => s.Kept(static pin => pin.Identity())));
        sql.Execute(Insert, Rows.Of(timeline.Runs)
            .Text(r => r.Owner.AccountId)
            .Uuid(r => r.Owner.Id)
            .Uuid(r => r.Element.ComponentId)
            .Number(r => r.Element.Revision)
            .Text(r => r.Element.ContentHash)
            .Text(r => r.Element.ConnectorType)
            .Text(r => r.Element.ConnectorClass)
            .Flag(r => r.Element.Exempt)
            .Position(r => r.ValidFrom)
            .OptionalPosition(r => r.ValidTo)
            .Flag(r => r.First)
            .Text(r => r.First ? r.Element.Identity() : null));
    }

    private sealed record Pin(Guid ComponentId, int Revision, string ContentHash, string? ConnectorType, string? ConnectorClass, bool Exempt)
    {
        public static Pin Of(ManifestEntry entry) => new(
            entry.ComponentId, entry.Revision, entry.ContentHash, entry.Connector?.Type, WireWord.Of(entry.Connector?.Class), entry.Connector?.Exempt ?? false);

        public string Identity() => string.Join(':', new[] { $"{ComponentId}:{Revision}:{ContentHash}:{(Exempt ? "t" : "f")}", ConnectorType, ConnectorClass }.OfType<string>());
    }
}
