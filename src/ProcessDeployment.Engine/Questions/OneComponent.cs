using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One component, deleted ones too: its latest revision, what it refers to and what refers to it.</summary>
internal static class OneComponent
{
    /// <summary>A shared connection may be referred to by ten thousand Processes: <c>impact</c> lists them all.</summary>
    private const int MostReferrers = 100;

    private static readonly MomentSql Latest = new(at => $"""
        select c.component_id, c.component_type, c.name, c.folder, c.revision, c.content_hash, c.connector_type, c.connector_class, c.start_step, c.source_revision,
            c.saved_by, c.saved_at, c.deleted, c.changed_by, c.changed_at, c.extensions, {ReferenceItem.Select(at, "c.refers_to")}
        from (select 1) t {at.Component("c", "$3")}
        """);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<ComponentAnswer>("/components/{id}", "get-component", "One component, deleted ones too", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var componentId = asked.PathId();
        ComponentAnswer? answer = null;
        batch.Query(
            Latest,
            row => answer = new()
            {
                ComponentId = row.GetGuid(0),
                ComponentType = row.GetString(1),
                Name = row.GetString(2),
                Folder = row.Text(3),
                LatestRevision = row.GetInt32(4),
                ContentHash = row.GetString(5),
                Connector = row.IsDBNull(6) ? null : new(row.GetString(6), row.GetString(7)),
                StartStep = row.Text(8),
                SourceRevision = row.Text(9),
                SavedBy = row.GetString(10),
                SavedAt = row.Time(11),
                Deleted = row.GetBoolean(12),
                DeletedBy = row.GetBoolean(12) ? row.GetString(13) : null,
                DeletedAt = row.GetBoolean(12) ? row.Time(14) : null,
                Extensions = row.List<ExtensionDeclaration>(15),
                References = row.List<ReferenceItem>(16),
            },
            Given.Id(componentId));
        var revisions = Revisions.Newest(batch, componentId);
        var referrers = Referrers.First(batch, componentId, MostReferrers);
        return position => answer is null
            ? Answer.Unknown("component", componentId)
            : Answer.Of(answer with { Revisions = revisions, ReferencedBy = referrers.Items, ReferencedByCount = referrers.Count, Position = position });
    }
}

/// <summary>A component.</summary>
internal sealed record ComponentAnswer
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int LatestRevision { get; init; }
    public required string ContentHash { get; init; }
    public ConnectorItem? Connector { get; init; }
    public string? StartStep { get; init; }
    public string? SourceRevision { get; init; }

    /// <summary>Who made the latest revision, and when.</summary>
    public required string SavedBy { get; init; }

    public required DateTimeOffset SavedAt { get; init; }
    public required bool Deleted { get; init; }
    public string? DeletedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required IReadOnlyList<ExtensionDeclaration> Extensions { get; init; }
    public required IReadOnlyList<ReferenceItem> References { get; init; }

    /// <summary>The newest hundred; <c>/components/{id}/revisions</c> has them all.</summary>
    public IReadOnlyList<RevisionItem> Revisions { get; init; } = [];

    /// <summary>The first hundred by name of the live components that refer to it.</summary>
    public IReadOnlyList<ReferrerItem> ReferencedBy { get; init; } = [];

    public long ReferencedByCount { get; init; }
    public long Position { get; init; }
}

/// <summary>The connector behind a connection.</summary>
internal sealed record ConnectorItem(string Type, string Class);
