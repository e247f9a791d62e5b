using Npgsql;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>
/// Reads what is not sealed yet. The positions of an account become visible in their order, since they are given under its
/// lock: whoever sees one sees all before it.
/// </summary>
internal sealed class UnsealedEvents(NpgsqlConnection connection)
{
    /// <summary>A round looks at many events, and giving up would begin with the same ones again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Of all accounts, since the sealer is the one who seals them all.</summary>
    private const string Positions = "select a.account_id, a.position from process_deployment.account a where a.position > 0";

    /// <summary>The age of what waited is of no interest where an account plays its own past, or has come with it from another home.</summary>
    private const string Hashes =
        $"""
        select n.account_id, s.events, s.hashes, o.timestamp
        from unnest($1, $2, $3) as n(account_id, sealed, upto)
        cross join lateral (
            select count(*) as events, string_agg(p.hash, ''::bytea order by p.position) as hashes
            from (
                select {LeafSql.Position} as position, {LeafSql.Sealed} as hash
                from events.mt_events e
                where e.tenant_id = n.account_id and {LeafSql.Position} > n.sealed and {LeafSql.Position} <= n.upto) p) s
        left join lateral (
            select e.timestamp from events.mt_events e
            where e.tenant_id = n.account_id and {LeafSql.Position} = n.sealed + 1 and e.headers ->> 'channel' <> 'sample'
                and not exists (select from process_deployment.account_arrival a where a.account_id = n.account_id and a.position > n.sealed)) o on true
        """;

    private const string FirstMissing =
        $"""
        select min(p) from generate_series($2 + 1, $3) p
        where not exists (select 1 from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = p)
        """;

    /// <summary>The positions of accounts, and the time at which they were these.</summary>
    public async Task<(List<(string AccountId, long Position)> Accounts, DateTimeOffset Now)> PositionsAsync(CancellationToken cancellation)
    {
        var (accounts, now) = (new List<(string, long)>(), DateTimeOffset.MinValue);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("select clock_timestamp()"), new(Positions) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        if (await rows.ReadAsync(cancellation)) now = await rows.GetFieldValueAsync<DateTimeOffset>(0, cancellation);
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) accounts.Add((rows.GetString(0), rows.GetInt64(1)));
        return (accounts, now);
    }

    /// <summary>The hashes of the events of some accounts, each from one position to another.</summary>
    public async Task<List<Unsealed>> HashesAsync(IReadOnlyList<(AccountLog Log, long UpTo)> wanted, CancellationToken cancellation)
    {
        var found = new List<Unsealed>();
        var logs = wanted.ToDictionary(w => w.Log.AccountId, StringComparer.Ordinal);
        await using var trip = new RoundTrip(connection) { Timeout = Longest };
        trip.Query(
            Hashes, wanted, w => w.Log.AccountId, rows => rows.Position(w => w.Log.Size).Position(w => w.UpTo),
            row => found.Add(new(
                logs[row.GetString(0)].Log, logs[row.GetString(0)].UpTo, row.GetInt64(1), row.IsDBNull(2) ? [] : row.GetFieldValue<byte[]>(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3))));
        await trip.RunAsync(cancellation);
        return found;
    }

    /// <summary>The first position that no event of the account has; null when all are there, and something else is wrong with one.</summary>
    public async Task<long?> FirstMissingAsync(string accountId, long sealedTo, long upTo, CancellationToken cancellation)
    {
        long? missing = null;
        await using var batch = new AccountBatch(connection, accountId, Longest);
        batch.Query(FirstMissing, row => missing = row.IsDBNull(0) ? null : row.GetInt64(0), Parameters.Value(sealedTo), Parameters.Value(upTo));
        await batch.RunAsync(cancellation);
        return missing;
    }
}

/// <summary>Events that come next in a tree.</summary>
/// <param name="Log">The tree.</param>
/// <param name="UpTo">The last position that was asked for.</param>
/// <param name="Events">How many there are.</param>
/// <param name="Hashes">Their leaf hashes, one after another.</param>
/// <param name="Oldest">When the first of them happened.</param>
internal sealed record Unsealed(AccountLog Log, long UpTo, long Events, byte[] Hashes, DateTimeOffset? Oldest)
{
    /// <summary>Whether no position is missing.</summary>
    public bool IsWhole => Events == UpTo - Log.Size && Hashes.Length == Events * Merkle.HashSize;
}
