using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>The heads of an account, and the way from one to the root of a checkpoint.</summary>
internal sealed class AccountHeads(NpgsqlConnection connection, string accountId)
{
    private const string Columns = "c.number, c.time, c.payload, c.key_id, c.signature, c.accounts, a.index, h.size, h.root";

    private const string ProgressSql =
        """
        select coalesce(h.size, 0), a.position
        from process_deployment.account a
        left join lateral (select h.size from ledger.head h where h.account_id = a.account_id order by h.size desc limit 1) h on true
        where a.account_id = $1
        """;

    private const string Latest =
        $"""
        select {Columns}
        from ledger.account a
        cross join lateral (select * from ledger.checkpoint order by number desc limit 1) c
        cross join lateral (select h.size, h.root from ledger.head h where h.account_id = a.account_id order by h.size desc limit 1) h
        where a.account_id = $1
        """;

    private const string FirstCovering =
        $"""
        select {Columns}
        from ledger.account a
        cross join lateral (select * from ledger.head h where h.account_id = a.account_id and h.size >= $2 order by h.size limit 1) h
        join ledger.checkpoint c on c.number = h.checkpoint
        where a.account_id = $1
        """;

    private const string FirstAfter =
        $"""
        select {Columns}
        from ledger.account a
        cross join lateral (select * from ledger.head h where h.account_id = a.account_id and h.size >= $3 order by h.size limit 1) covering
        cross join lateral (select * from ledger.checkpoint c where c.time >= $2 and c.number >= covering.checkpoint order by c.time, c.number limit 1) c
        cross join lateral (select h.size, h.root from ledger.head h where h.account_id = a.account_id and h.checkpoint <= c.number order by h.size desc limit 1) h
        where a.account_id = $1
        """;

    public const string Size = "select size from ledger.head where account_id = $1 order by size desc limit 1";

    /// <summary>Hashes only: they tell nothing of the accounts beside.</summary>
    private const string Nodes =
        """
        select n.place, h.hash
        from ledger.account a
        cross join unnest($3, $4) with ordinality as n(level, index, place)
        cross join lateral (select hash from ledger.head_node h where h.level = n.level and h.index = n.index and h.checkpoint <= $2 order by h.checkpoint desc limit 1) h
        where a.account_id = $1
        """;

    public Task<AccountCheckpoint?> LatestAsync(CancellationToken cancellation) => FindAsync(Latest, [], cancellation);

    public Task<AccountCheckpoint?> FirstCoveringAsync(long position, CancellationToken cancellation) => FindAsync(FirstCovering, [Parameters.Value(position)], cancellation);

    public Task<AccountCheckpoint?> FirstAfterAsync(DateTimeOffset time, long position, CancellationToken cancellation) =>
        FindAsync(FirstAfter, [Parameters.Value(time), Parameters.Value(position)], cancellation);

    public async Task<long> SizeAsync(CancellationToken cancellation)
    {
        var size = 0L;
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Size, row => size = row.GetInt64(0));
        await batch.RunAsync(cancellation);
        return size;
    }

    /// <summary>How much is sealed, and how much there is.</summary>
    public async Task<(long Sealed, long Position)> ProgressAsync(CancellationToken cancellation)
    {
        var progress = (0L, 0L);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(ProgressSql, row => progress = (row.GetInt64(0), row.GetInt64(1)));
        await batch.RunAsync(cancellation);
        return progress;
    }

    private async Task<AccountCheckpoint?> FindAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        (AccountCheckpoint Head, long Accounts)? found = null;
        await using (var batch = new AccountBatch(connection, accountId))
        {
            batch.Query(sql, row => found = Read(row), parameters);
            await batch.RunAsync(cancellation);
        }

        return found is var (head, accounts) ? head with { Path = await PathAsync(head.Index, accounts, head.Number, cancellation) } : null;
    }

    private (AccountCheckpoint Head, long Accounts) Read(NpgsqlDataReader row)
    {
        var checkpoint = StoredCheckpoint.Read(row);
        return (new(checkpoint.Signed, new(accountId, row.GetInt64(7), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(8))), row.GetInt64(6), []) { Number = checkpoint.Number, Time = checkpoint.Time }, row.GetInt64(5));
    }

    private async Task<IReadOnlyList<string>> PathAsync(long index, long accounts, long checkpoint, CancellationToken cancellation)
    {
        var ranges = ProofRanges.Inclusion(index, accounts);
        var nodes = ranges.SelectMany(range => range.Perfect()).ToList();
        var hashes = new byte[nodes.Count][];
        await using (var batch = new AccountBatch(connection, accountId))
        {
            batch.Query(
                Nodes, row => hashes[row.GetInt64(0) - 1] = row.GetFieldValue<byte[]>(1),
                Parameters.Value(checkpoint),
                new NpgsqlParameter<int[]> { TypedValue = [.. nodes.Select(node => node.Level)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                Parameters.Array([.. nodes.Select(node => node.Index)]));
            await batch.RunAsync(cancellation);
        }

        var byNode = nodes.Zip(hashes).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. ranges.Select(range => Convert.ToHexStringLower(Merkle.Fold([.. range.Perfect().Select(node => byNode[node])])))];
    }
}
