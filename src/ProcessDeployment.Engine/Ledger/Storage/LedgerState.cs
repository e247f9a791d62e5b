using Npgsql;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>How far the ledger is: what the sealer needs to go on.</summary>
/// <param name="Id">Which ledger it is; null before it begins.</param>
/// <param name="Last">The last checkpoint; null before the first.</param>
/// <param name="KeyId">The key that signs the next one.</param>
internal sealed record LedgerState(Guid? Id, StoredCheckpoint? Last, string? KeyId)
{
    private const string Log = "select id from ledger.log";
    private const string LastCheckpoint = "select number, time, payload, key_id, signature from ledger.checkpoint order by number desc limit 1";
    private const string LastKey = "select id from ledger.key order by from_checkpoint desc limit 1";

    /// <summary>Of all accounts: the sealer keeps the tree over them in memory.</summary>
    private const string Heads =
        """
        select a.account_id, a.index, h.size, h.root
        from ledger.account a
        cross join lateral (select h.size, h.root from ledger.head h where h.account_id = a.account_id order by h.size desc limit 1) h
        order by a.index
        """;

    private const string Checkpoints = "select number, time, payload, key_id, signature from ledger.checkpoint where number > $1 order by number";

    public static async Task<LedgerState> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Log), new(LastCheckpoint), new(LastKey) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var state = new LedgerState(null, null, null);
        if (await rows.ReadAsync(cancellation)) state = state with { Id = rows.GetGuid(0) };
        await rows.NextResultAsync(cancellation);
        if (await rows.ReadAsync(cancellation)) state = state with { Last = StoredCheckpoint.Read(rows) };
        await rows.NextResultAsync(cancellation);
        if (await rows.ReadAsync(cancellation)) state = state with { KeyId = rows.GetString(0) };
        return state;
    }

    /// <summary>The heads of all accounts, in their order.</summary>
    public static async Task<List<SealedHead>> HeadsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var heads = new List<SealedHead>();
        await using var command = new NpgsqlCommand(Heads, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) heads.Add(Head(rows));
        return heads;
    }

    private static SealedHead Head(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3));

    /// <summary>The checkpoints after one, in their order.</summary>
    public static async IAsyncEnumerable<StoredCheckpoint> CheckpointsAsync(
        NpgsqlConnection connection, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Checkpoints, connection) { Parameters = { Parameters.Value(after) } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) yield return StoredCheckpoint.Read(rows);
    }

    public static async Task BeginAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("insert into ledger.log (id) values ($1)", connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The tree of an account, ready to be appended to; without a head it is empty.</summary>
    /// <exception cref="SealingException">What is stored is not what was sealed: nothing may be signed on top of it.</exception>
    public static async Task<AccountLog> LogAsync(NpgsqlConnection connection, string accountId, SealedHead? head, CancellationToken cancellation)
    {
        if (head is null) return new(accountId, new(), []);
        var size = head.Size;
        var reader = new TreeReader(connection, accountId);
        var peaks = await reader.RootsAsync([.. new TreeRange(0, size).Perfect().Select(node => new TreeRange(node.Begin, node.End))], cancellation);
        var unfilled = size % TreeReader.TileSize == 0 ? [] : await reader.TileAsync(size >> TreeReader.TileBits, cancellation);
        var log = new AccountLog(accountId, new(size, peaks), unfilled);
        return unfilled.Length == (size % TreeReader.TileSize) * Merkle.HashSize && log.Root().AsSpan().SequenceEqual(head.Root)
            ? log
            : throw new SealingException($"The first {size} leaves of account {accountId} in the ledger do not make the root that was sealed: the ledger was changed. Nothing is sealed on top of it; restore it from a backup.");
    }
}

/// <summary>The tree of an account as it was last sealed, and its place in the tree over all heads.</summary>
internal sealed record SealedHead(string AccountId, long Index, long Size, byte[] Root);

/// <summary>A checkpoint as it is kept.</summary>
internal sealed record StoredCheckpoint(long Number, DateTimeOffset Time, byte[] Payload, string KeyId, byte[] Signature)
{
    public Dsse Signed => Dsse.Of(Payload, KeyId, Signature);

    public static StoredCheckpoint Read(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<byte[]>(2), row.GetString(3), row.GetFieldValue<byte[]>(4));
}
