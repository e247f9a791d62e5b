using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Ledger.Trees;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>The tree of an account as the sealer grows it: its right edge, and the leaves that do not fill a tile yet.</summary>
internal sealed class AccountLog(string accountId, Frontier frontier, ReadOnlySpan<byte> unfilled)
{
    private readonly List<byte> _unfilled = [.. unfilled];

    public string AccountId { get; } = accountId;

    public long Size => frontier.Size;

    public byte[] Root() => frontier.Root();

    /// <summary>Appends leaves, and says what there is to write of it.</summary>
    public Growth Append(ReadOnlySpan<byte> hashes)
    {
        var (tiles, first) = (new List<Tile>(), Size);
        Action<TreeNode, byte[]> complete = Complete;
        for (var begin = 0; begin < hashes.Length; begin += Merkle.HashSize)
        {
            var leaf = hashes.Slice(begin, Merkle.HashSize);
            _unfilled.AddRange(leaf);
            frontier.Append(leaf, complete);
        }

        // What went into a tile needs no run.
        var run = first > Size - Unfilled ? hashes : _unfilled.ToArray();
        return new(AccountId, tiles, Size - (run.Length / Merkle.HashSize), run.ToArray());

        void Complete(TreeNode node, byte[] root)
        {
            if (node.Level % TreeReader.TileBits != 0) return;
            var level = (node.Level / TreeReader.TileBits) - 1;
            tiles.Add(new(level, node.Index, root, level == 0 ? [.. _unfilled] : null));
            if (level == 0) _unfilled.Clear();
        }
    }

    private long Unfilled => _unfilled.Count / Merkle.HashSize;
}

/// <summary>What leaves add to the tables.</summary>
/// <param name="AccountId">Whose they are.</param>
/// <param name="Tiles">Tiles they filled.</param>
/// <param name="First">Index of the first leaf of the run.</param>
/// <param name="Run">The hashes that filled no tile; may be empty.</param>
internal sealed record Growth(string AccountId, IReadOnlyList<Tile> Tiles, long First, byte[] Run);

/// <summary>A full tile. Only the lowest keep the hashes they are made of.</summary>
internal sealed record Tile(int Level, long Index, byte[] Root, byte[]? Hashes);
