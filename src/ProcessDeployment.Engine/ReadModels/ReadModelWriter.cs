using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Webhooks;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>All read models, in the order in which they need each other.</summary>
public sealed class ReadModelWriter : IProjection
{
    public static IReadOnlyList<IReadModel> ReadModels { get; } =
    [
        new ComponentHistory(),
        new ComponentReferences(),
        new AtomHistory(),
        new EnvironmentHistory(),
        new EnvironmentMembers(),
        new Attachments(),
        new Downloads(),
        new ExtensionHistory(),
        new Schedules(),
        new Listeners(),
        new Executions(),
        new WebhookHistory(),
        new VersionHistory(),
        new EnvironmentVersions(),
        new PinnedComponents(),
        new LicenceHistory(),
        new ProcessList(),
        new ProcessNames(),
        new ProcessNameHistory(),
        new AuditEntries(),
        new ReadPositions(),
    ];

    /// <summary>Pages are written whole and looked through before, which this would go round: see <see cref="ReadModelProjection"/>.</summary>
    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation) =>
        throw new NotSupportedException("Read models are written by whole pages, of which what cannot be read is left out.");

    public static void Write(IDocumentOperations operations, ReadModelPage page) => Write(new PageSql(operations), page);

    internal static void WriteGuarded(IDocumentOperations operations, GuardedPage page)
    {
        var sql = new PageSql(operations);
        Write(sql, new ReadModelPage(page.Events));
        HaltedAccounts.Write(page.Halted, sql);
    }

    internal static void Write(PageSql sql, ReadModelPage page)
    {
        sql.Begin();
        foreach (var readModel in ReadModels) readModel.Write(page, sql);
        WebhookQueue.Write(page, sql);
    }
}
