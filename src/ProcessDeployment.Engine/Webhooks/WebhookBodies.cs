using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>What is sent: the published event, and with a version what changed since the one before, which for a promotion is the one before there.</summary>
internal sealed class WebhookBodies(IDocumentStore store, Databases databases)
{
    private const string Pinned = "select version_number, manifest from process_deployment.version_history where account_id = $1 and process_id = $2 and version_number in ($3, $4)";

    /// <summary>Made anew for each attempt, so that it is today's; null when the event cannot be read.</summary>
    public async Task<(string Id, byte[] Body)?> OfAsync(string accountId, long position, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(accountId);
        var stored = await session.Events.QueryAllRawEvents().Where(found => found.MatchesSql("(d.headers ->> 'position')::bigint = ?", position)).SingleOrDefaultAsync(cancellation);
        if (stored is null) return null;
        var published = PublishedEvents.Translate(stored);
        var body = JsonSerializer.SerializeToNode(published, WireJson.Options)!;
        var difference = stored.Data switch
        {
            VersionDeployed deployed => await DifferenceAsync(accountId, deployed.ProcessId, deployed.VersionNumber - 1, deployed.VersionNumber, cancellation),
            VersionPromoted promoted => await DifferenceAsync(accountId, promoted.ProcessId, promoted.FormerVersion, promoted.VersionNumber, cancellation),
            _ => null,
        };
        if (difference is not null) body["data"]!["difference"] = JsonSerializer.SerializeToNode(difference, WireJson.Options);
        return (published.Id, JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
    }

    /// <summary>Null when nobody knows what the version pins, since its event was passed over.</summary>
    private async Task<VersionDifference?> DifferenceAsync(string accountId, Guid processId, int? former, int number, CancellationToken cancellation)
    {
        var pinned = new Dictionary<int, IReadOnlyList<ManifestEntry>>();
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Pinned, row => pinned[row.GetInt32(0)] = row.List<ManifestEntry>(1), Given.Id(processId), Given.Number(former), Given.Number(number));
        await batch.RunAsync(cancellation);
        if (!pinned.TryGetValue(number, out var now)) return null;
        return former is { } before && pinned.TryGetValue(before, out var then) ? VersionDifference.Between(before, then, now) : VersionDifference.Between(null, [], now);
    }
}

/// <summary>What a version pins that the one before did not, and the other way round.</summary>
/// <param name="FormerVersion">The number of the one before; null when there was none.</param>
/// <param name="Added">Components that came in.</param>
/// <param name="Removed">Components that went.</param>
/// <param name="Revised">Components at another revision.</param>
internal sealed record VersionDifference(int? FormerVersion, IReadOnlyList<PinnedRevision> Added, IReadOnlyList<PinnedRevision> Removed, IReadOnlyList<PinnedChange> Revised)
{
    public static VersionDifference Between(int? formerVersion, IReadOnlyList<ManifestEntry> before, IReadOnlyList<ManifestEntry> after)
    {
        var (then, now) = (before.ToDictionary(entry => entry.ComponentId), after.ToDictionary(entry => entry.ComponentId));
        return new(
            formerVersion,
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
