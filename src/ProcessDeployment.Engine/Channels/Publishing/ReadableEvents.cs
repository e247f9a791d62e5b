using JasperFx.Events;
using Marten;
using Marten.Linq.MatchesSql;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using EventRange = JasperFx.Events.Projections.EventRange;

namespace ProcessDeployment.Engine.Publishing;

/// <summary>
/// What of a page is published. An event that cannot be read is waited for, and all that follows with it: passed over, it would
/// be missing downstream for ever; an error would stop the subscription until somebody starts it again.
/// </summary>
internal sealed class ReadableEvents(Databases databases, EventDecoder decoder, ILogger<ReadableEvents> log)
{
    /// <summary>Nobody tells when an event was mended by hand; an operator who marks one as skipped waits for no longer than this.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Which event is waited for, and why; null while none is.</summary>
    public string? Trouble { get; private set; }

    /// <summary>All events of the page but those that are marked as skipped, which nobody misses.</summary>
    public async Task<List<IEvent>> OfAsync(EventRange page, IDocumentOperations operations, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var (lacking, skipped) = await LookAsync(page, cancellation);
                // What is skipped may be in the page: the daemon reads it as the record whose .NET name stands beside it.
                if (lacking.Count == 0) return page.Events.FindAll(stored => skipped.At(stored.TenantId, PublishedEvents.PositionOf(stored)) is null);
                foreach (var mended in lacking.Where(found => found.Problem is null)) await ReadAgainAsync(page, mended, operations, cancellation);
                if (lacking.Find(found => found.Problem is not null) is not { } unreadable) continue;
                Tell($"The event at position {unreadable.Position} of account {unreadable.AccountId}, {unreadable.Type} in stream {unreadable.Stream}, cannot be published: {unreadable.Problem}.");
                // It and others behind it may be in the page, taken for something else by the daemon: what is mended is read as it is then.
                page.Events = page.Events.FindAll(stored => stored.TenantId != unreadable.AccountId || PublishedEvents.PositionOf(stored) < unreadable.Position);
                await Task.Delay(Pause, cancellation);
            }
        }
        finally
        {
            Trouble = null;
        }
    }

    private async Task<(List<HaltedAccount> Lacking, SkippedEvents Skipped)> LookAsync(EventRange page, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        return ([.. (await LackingEvents.FindAsync(connection, decoder, page, cancellation)).Values], SkippedEvents.Read(connection));
    }

    private static async Task ReadAgainAsync(EventRange page, HaltedAccount mended, IDocumentOperations operations, CancellationToken cancellation)
    {
        var found = await operations.Events.QueryAllRawEvents()
            .Where(stored => stored.AnyTenant() && stored.MatchesSql("d.tenant_id = ? and (d.headers ->> 'position')::bigint = ?", mended.AccountId, mended.Position))
            .SingleAsync(cancellation);
        page.Events = [.. page.Events.Append(found).OrderBy(stored => stored.Sequence)];
    }

    private void Tell(string trouble)
    {
        if (string.Equals(Trouble, trouble, StringComparison.Ordinal)) return;
        Trouble = trouble;
        log.LogError("{Trouble} It and all that follows wait until it is mended or marked as skipped", trouble);
    }
}
