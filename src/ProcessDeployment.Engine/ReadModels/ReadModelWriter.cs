using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>All read models, in the order in which they need each other.</summary>
public sealed class ReadModelWriter : IProjection
{
    public static IReadOnlyList<IReadModel> ReadModels { get; } =
    [
        new ComponentHistory(),
        new ComponentReferences(),
        new AtomHistory(),
        new Attachments(),
        new VersionHistory(),
        new PinnedComponents(),
        new LicenceHistory(),
        new ProcessList(),
        new ProcessNames(),
        new ProcessNameHistory(),
        new AuditEntries(),
        new ReadPositions(),
    ];

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        Write(operations, new([.. events.Select(Recorded.Of)]));
        return Task.CompletedTask;
    }

    public static void Write(IDocumentOperations operations, ReadModelPage page)
    {
        var sql = new PageSql(operations);
        sql.Begin();
        foreach (var readModel in ReadModels) readModel.Write(page, sql);
    }
}
