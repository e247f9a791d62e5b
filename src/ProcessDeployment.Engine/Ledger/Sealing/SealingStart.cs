using Npgsql;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Ledger.Trees;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>
/// Where sealing goes on from, once it is certain that it may: what was published is what the database says, and the key
/// is there.
/// </summary>
internal sealed record SealingStart(Guid Ledger, SigningKey Key, StoredCheckpoint? Last, IReadOnlyList<SealedHead> Heads, HeadTree Tree)
{
    /// <exception cref="SealingException">It must not go on.</exception>
    public static async Task<SealingStart> FromAsync(NpgsqlConnection connection, KeyFolder keys, PublishedFile published, CancellationToken cancellation)
    {
        var state = await LedgerState.ReadAsync(connection, cancellation);
        var heads = await LedgerState.HeadsAsync(connection, cancellation);
        var tree = TreeOf(heads, state.Last);
        var key = state.KeyId is { } id ? keys.Current(id) : keys.First();
        await PublishMissingAsync(connection, state, keys, published, cancellation);
        if (state.Id is { } ledger) return new(ledger, key, state.Last, heads, tree);

        ledger = Guid.CreateVersion7();
        await LedgerState.BeginAsync(connection, ledger, cancellation);
        return new(ledger, key, null, heads, tree);
    }

    /// <summary>The signature of the last checkpoint stands for all heads: whoever changed one has not its root any more.</summary>
    private static HeadTree TreeOf(List<SealedHead> heads, StoredCheckpoint? last)
    {
        var tree = new HeadTree();
        if (heads.Select(head => head.Index).SequenceEqual(Enumerable.Range(0, heads.Count).Select(index => (long)index)))
            tree.Set([.. heads.Select(head => (head.Index, HeadTree.Leaf(head.AccountId, head.Size, head.Root)))]);
        var (accounts, root) = last is null ? (0L, Merkle.Empty) : PublishedNumber.HeadsOf(last.Signed);
        return tree.Size == heads.Count && tree.Size == accounts && tree.Root().AsSpan().SequenceEqual(root)
            ? tree
            : throw new SealingException(
                $"The heads of accounts in the ledger are not those of checkpoint {last?.Number ?? 0}: the ledger was changed. Nothing is sealed on top of it; restore it from a backup.");
    }

    /// <summary>A crash may come between the commit of a checkpoint and its publishing, never the other way round.</summary>
    private static async Task PublishMissingAsync(NpgsqlConnection connection, LedgerState state, KeyFolder keys, PublishedFile published, CancellationToken cancellation)
    {
        var outside = published.Last();
        var number = outside is null ? 0 : PublishedNumber.Of(outside);
        if (number > (state.Last?.Number ?? 0))
        {
            throw new SealingException(
                $"{published.Path} ends with checkpoint {number}, but the database ends with {state.Last?.Number ?? 0}: it was set back to an older state, such as a backup, and what was sealed since then is lost. "
                + "Restore the newer state; to go on without it, move that file away for the auditors, who will see the break, and leave the keys where they are.");
        }

        var missing = new List<Dsse>();
        await foreach (var checkpoint in LedgerState.CheckpointsAsync(connection, Math.Max(0, number - 1), cancellation))
        {
            if (checkpoint.Number > number) missing.Add(checkpoint.Signed);
            else if (!checkpoint.Payload.AsSpan().SequenceEqual(outside!.Payload))
                throw new SealingException($"Checkpoint {number} in the database is not the one in {published.Path}: this is another ledger, or its past was changed.");
        }

        if (missing.Find(checkpoint => !keys.Signed(checkpoint)) is { } forged)
        {
            throw new SealingException(
                $"Checkpoint {PublishedNumber.Of(forged)} in the database was not signed with a key of {Path.GetDirectoryName(published.Path)}: it was forged, or the files public-key-*.pem of former keys are missing there.");
        }

        if (missing.Count > 0) published.Append(missing);
    }
}
