using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// Tells the Atoms that listen when something happened that is about them. One look at the database for all of an account,
/// however many listen: five hundred cost what one costs.
/// </summary>
internal sealed class AtomFeed(Databases databases, ReadPosition reading, ReadPositionFeed feed, ILogger<AtomFeed> log) : BackgroundService
{
    /// <summary>Notifications are a hint that may get lost with their connection.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>While commands pour in, positions move all the time; nobody needs to be told more often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What Atoms say themselves is nothing to tell them.</summary>
    private static readonly string[] Reports =
    [
        .. new[] { typeof(AtomStatusChanged), typeof(VersionDownloaded), typeof(DownloadFailed), typeof(ExecutionStarted), typeof(ExecutionCompleted), typeof(RetryAwaited) }.Select(WireNameAttribute.Of),
    ];

    private static readonly string Revoked = WireNameAttribute.Of(typeof(AtomTokenRevoked));

    private const string Sql = """
        select r.position, c.atom_id, c.revoked
        from (select coalesce((select position from process_deployment.read_position where account_id = $1), 0) as position) r
        left join lateral (
            select a.atom_id, bool_or(e.type = $5) as revoked
            from process_deployment.audit_atom a
            join process_deployment.audit_entry e on e.account_id = $1 and e.position = a.position
            where a.account_id = $1 and a.atom_id = any ($3) and a.position > $2 and a.position <= r.position and e.type <> all ($4)
            group by a.atom_id) c on true
        """;

    private readonly Dictionary<string, WatchedAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _listeners;

    /// <summary>How many listen.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>Begins to listen. What happens after the position that is given will be told.</summary>
    public async Task<AtomSubscription> ListenAsync(string accountId, Guid atomId, CancellationToken cancellation)
    {
        WatchedAccount account;
        lock (_lock)
        {
            if (!_accounts.TryGetValue(accountId, out account!)) _accounts.Add(accountId, account = new());
        }

        var subscription = new AtomSubscription(atomId, left =>
        {
            account.Remove(left);
            Interlocked.Decrement(ref _listeners);
        });
        account.Add(subscription);
        Interlocked.Increment(ref _listeners);
        try
        {
            // Not earlier: what happens between looking and listening would be missed.
            subscription.Begin = account.BeginAt(await reading.CurrentAsync(accountId, cancellation));
            return subscription;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Before looking, so that what happens in between is not missed.
            var moved = feed.AnyAsync();
            try
            {
                foreach (var (accountId, account) in Watched()) await LookAsync(accountId, account, stoppingToken);
                await Task.Delay(Pause, stoppingToken);
                await Task.WhenAny(moved, Task.Delay(LookAgain, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Could not look for what happened to the Atoms that listen; looking again");
                // While the database does not answer, asking at once would only fill the log; a stop is not held up by it.
                await Task.Delay(LookAgain, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private List<(string AccountId, WatchedAccount Account)> Watched()
    {
        lock (_lock) return [.. _accounts.Select(watched => (watched.Key, watched.Value))];
    }

    private async Task LookAsync(string accountId, WatchedAccount account, CancellationToken cancellation)
    {
        if (account.Asked() is not ({ } after, { Length: > 0 } atomIds)) return;
        var (position, concerned) = (after, new Dictionary<Guid, bool>());
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(
            Sql,
            row =>
            {
                position = row.GetInt64(0);
                if (!row.IsDBNull(1)) concerned.Add(row.GetGuid(1), row.GetBoolean(2));
            },
            Parameters.Value(after),
            Parameters.Array(atomIds),
            Parameters.Array(Reports),
            Parameters.Value(Revoked));
        await batch.RunAsync(cancellation);
        account.Tell(concerned, position);
    }
}
