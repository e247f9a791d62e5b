using System.Collections.Concurrent;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Access;

/// <summary>Who may do what, as decisions see it: from the commit on, on every node. Read again only when more was said about it.</summary>
internal sealed class KnownAccess(Databases databases)
{
    private const string Length = "select stream_version from process_deployment.access_use_state where account_id = $1";

    private const string Rows = "select kind, state from process_deployment.access_state where account_id = $1 order by kind";

    private readonly ConcurrentDictionary<string, (long Length, AccessState State)> _known = new(StringComparer.Ordinal);

    public async ValueTask<AccessState> OfAsync(string accountId, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        var length = 0L;
        await using (var first = new AccountBatch(connection, accountId))
        {
            first.Query(Length, row => length = row.GetInt64(0));
            await first.RunAsync(cancellation);
        }

        if (length == 0) return AccessState.None;
        if (_known.TryGetValue(accountId, out var known) && known.Length == length) return known.State;
        var state = AccessState.None;
        await using var batch = new AccountBatch(connection, accountId);
        // Both of one moment, or what is remembered would be taken for newer than it is.
        batch.Control("begin isolation level repeatable read read only");
        batch.Query(Length, row => length = row.GetInt64(0));
        batch.Query(Rows, row => state = state.Evolve(AccessRows.Read(row.GetString(0), row.GetString(1))));
        batch.Control("commit");
        await batch.RunAsync(cancellation);
        _known[accountId] = (length, state);
        return state;
    }
}
