using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>What is sent: the published event, and with a version what changed since the one before.</summary>
internal sealed class WebhookBodies(IDocumentStore store, Databases databases)
{
    private const string Before = "select manifest from process_deployment.version_history where account_id = $1 and process_id = $2 and version_number = $3";

    /// <summary>Made anew for each attempt, so that it is today's; null when the event cannot be read.</summary>
    public async Task<(string Id, byte[] Body)?> OfAsync(string accountId, long position, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(accountId);
        var stored = await session.Events.QueryAllRawEvents().Where(found => found.MatchesSql("(d.headers ->> 'position')::bigint = ?", position)).SingleOrDefaultAsync(cancellation);
        if (stored is null) return null;
        var published = PublishedEvents.Translate(stored);
        var body = JsonSerializer.SerializeToNode(published, WireJson.Options)!;
        if (stored.Data is VersionDeployed deployed)
            body["data"]!["difference"] = JsonSerializer.SerializeToNode(VersionDifference.Between(await BeforeAsync(accountId, deployed, cancellation), deployed.Manifest), WireJson.Options);
        return (published.Id, JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
    }

    private async Task<IReadOnlyList<ManifestEntry>> BeforeAsync(string accountId, VersionDeployed deployed, CancellationToken cancellation)
    {
        IReadOnlyList<ManifestEntry> before = [];
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Before, row => before = row.List<ManifestEntry>(0), Given.Id(deployed.ProcessId), Given.Number(deployed.VersionNumber - 1));
        await batch.RunAsync(cancellation);
        return before;
    }
}

/// <summary>What a version pins that the one before did not, and the other way round.</summary>
/// <param name="Added">Components that came in.</param>
/// <param name="Removed">Components that went.</param>
/// <param name="Revised">Components at another revision.</param>
internal sealed record VersionDifference(IReadOnlyList<PinnedRevision> Added, IReadOnlyList<PinnedRevision> Removed, IReadOnlyList<PinnedChange> Revised)
{
    public static VersionDifference Between(IReadOnlyList<ManifestEntry> before, IReadOnlyList<ManifestEntry> after)
    {
        var (then, now) = (before.ToDictionary(entry => entry.ComponentId), after.ToDictionary(entry => entry.ComponentId));
        return new(
            [.. after.Where(entry => !then.ContainsKey(entry.ComponentId)).Select(PinnedRevision.Of)],
            [.. before.Where(entry => !now.ContainsKey(entry.ComponentId)).Select(PinnedRevision.Of)],
            [.. from entry in after
                where then.ContainsKey(entry.ComponentId) && then[entry.ComponentId].Revision != entry.Revision
                let former = then[entry.ComponentId]
                select new PinnedChange(entry.ComponentId, entry.ComponentType, entry.Name, former.Revision, entry.Revision, former.ContentHash != entry.ContentHash)]);
    }
}

/// <summary>A component at its revision.</summary>
internal sealed record PinnedRevision(Guid ComponentId, string ComponentType, string Name, int Revision)
{
    public static PinnedRevision Of(ManifestEntry entry) => new(entry.ComponentId, entry.ComponentType, entry.Name, entry.Revision);
}

/// <summary>A component at another revision than before, and whether its content is another one too.</summary>
internal sealed record PinnedChange(Guid ComponentId, string ComponentType, string Name, int FormerRevision, int Revision, bool ContentDiffers);
