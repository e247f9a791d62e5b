using System.Runtime.CompilerServices;
using Npgsql;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger;

/// <summary>What there is to know of the ledger, for one account at a time: heads, and proofs that anybody can check without us.</summary>
public sealed class LedgerReader(Databases databases)
{
    /// <summary>The last checkpoint with the account's head in it; null before the account is sealed for the first time.</summary>
    public Task<AccountCheckpoint?> LatestAsync(string accountId, CancellationToken cancellation) =>
        InOneMomentAsync<AccountCheckpoint?>(connection => new AccountHeads(connection, accountId).LatestAsync(cancellation), cancellation);

    /// <summary>The first checkpoint that covers a position: it stays the same for ever. Null while there is none.</summary>
    public Task<AccountCheckpoint?> FirstCoveringAsync(string accountId, long position, CancellationToken cancellation) =>
        InOneMomentAsync<AccountCheckpoint?>(connection => new AccountHeads(connection, accountId).FirstCoveringAsync(position, cancellation), cancellation);

    /// <summary>The first checkpoint made at a time or after it that covers a position: it stays the same for ever. Null while there is none.</summary>
    public Task<AccountCheckpoint?> FirstAfterAsync(string accountId, DateTimeOffset time, long position, CancellationToken cancellation) =>
        InOneMomentAsync<AccountCheckpoint?>(connection => new AccountHeads(connection, accountId).FirstAfterAsync(time, position, cancellation), cancellation);

    /// <summary>How many positions of the account are sealed.</summary>
    public Task<long> SizeAsync(string accountId, CancellationToken cancellation) =>
        InOneQuestionAsync(connection => new AccountHeads(connection, accountId).SizeAsync(cancellation), cancellation);

    /// <summary>That the event at a position is in the tree of the first <paramref name="size"/> events.</summary>
    public Task<InclusionProof> InclusionAsync(string accountId, long position, long size, CancellationToken cancellation) => InOneQuestionAsync(
        async connection =>
        {
            var index = position - 1;
            var roots = await new TreeReader(connection, accountId).RootsAsync([new(index, position), .. ProofRanges.Inclusion(index, size)], cancellation);
            return new InclusionProof(position, size, roots[0], [.. roots.Skip(1).SelectMany(hash => hash)]);
        },
        cancellation);

    /// <summary>That the tree of <paramref name="to"/> events begins with that of <paramref name="from"/>: nothing was changed in between, only added.</summary>
    public Task<ConsistencyProof> ConsistencyAsync(string accountId, long from, long to, CancellationToken cancellation) => InOneQuestionAsync(
        async connection => new ConsistencyProof(
            from, to, [.. (await new TreeReader(connection, accountId).RootsAsync(ProofRanges.Consistency(from, to), cancellation)).SelectMany(hash => hash)]),
        cancellation);

    /// <summary>What makes the root of the tree of <paramref name="size"/> events out of all leaves from one position to another.</summary>
    public Task<RangeProof> RangeAsync(string accountId, long first, long last, long size, CancellationToken cancellation) => InOneQuestionAsync(
        async connection => new RangeProof(
            size, first, last,
            [.. (await new TreeReader(connection, accountId).RootsAsync(ProofRanges.Outside(new(first - 1, last), size), cancellation)).Select(Convert.ToHexStringLower)]),
        cancellation);

    /// <summary>The sealed leaf hashes of some positions, in their order. The caller has made sure that they are sealed.</summary>
    public async Task<List<byte[]>> LeavesAsync(string accountId, IReadOnlyCollection<long> positions, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        return await new TreeReader(connection, accountId).RootsAsync([.. positions.Select(position => new TreeRange(position - 1, position))], cancellation);
    }

    /// <summary>The sealed leaf hashes of a range of positions, 32 bytes each, in pieces of at most a tile. The caller has made sure that they are sealed.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LeafHashesAsync(string accountId, long first, long last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        for (var begin = first - 1; begin < last;)
        {
            var index = begin >> TreeReader.TileBits;
            var end = Math.Min(last, (index + 1) << TreeReader.TileBits);
            var tile = await new TreeReader(connection, accountId).TileAsync(index, cancellation);
            yield return tile.AsMemory((int)(begin & (TreeReader.TileSize - 1)) * Merkle.HashSize, (int)(end - begin) * Merkle.HashSize);
            begin = end;
        }
    }

    /// <summary>All keys, and the checkpoints that handed over from one to the next.</summary>
    public Task<LedgerKeys?> KeysAsync(CancellationToken cancellation) => InOneMomentAsync(connection => WholeLedger.KeysAsync(connection, cancellation), cancellation);

    /// <summary>The keys as they were at a checkpoint.</summary>
    public async Task<LedgerKeys?> KeysAsync(long checkpoint, CancellationToken cancellation) => await KeysAsync(cancellation) is { } all
        ? all with { Keys = [.. all.Keys.TakeWhile(key => key.FromCheckpoint <= checkpoint)] }
        : null;

    /// <summary>The published checkpoints after a number.</summary>
    public async IAsyncEnumerable<Dsse> CheckpointsAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await foreach (var checkpoint in LedgerState.CheckpointsAsync(connection, after, cancellation)) yield return checkpoint.Signed;
    }

    /// <summary>How much of the account is sealed, and how much there is.</summary>
    internal Task<(long Sealed, long Position)> ProgressAsync(string accountId, CancellationToken cancellation) =>
        InOneMomentAsync(connection => new AccountHeads(connection, accountId).ProgressAsync(cancellation), cancellation);

    /// <summary>The last checkpoint, whatever it covers.</summary>
    internal Task<StoredCheckpoint?> LastCheckpointAsync(CancellationToken cancellation) =>
        InOneMomentAsync(async connection => (await LedgerState.ReadAsync(connection, cancellation)).Last, cancellation);

    /// <summary>Of what is asked with one statement, which looks at one moment by itself: no transaction, no second round trip.</summary>
    private async Task<T> InOneQuestionAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        return await read(connection);
    }

    private async Task<T> InOneMomentAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var answer = await read(connection);
        await transaction.CommitAsync(cancellation);
        return answer;
    }
}
