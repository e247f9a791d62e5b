namespace ProcessDeployment.Engine.Ledger.Trees;

/// <summary>The right edge of a growing tree: all that is needed to append to it. The peaks stand for the ones in its size.</summary>
internal sealed class Frontier
{
    private readonly List<byte[]> _peaks;

    public Frontier()
        : this(0, [])
    {
    }

    /// <param name="size">How many leaves there are.</param>
    /// <param name="peaks">The roots of the perfect subtrees of that size, the largest first.</param>
    public Frontier(long size, IEnumerable<byte[]> peaks) => (Size, _peaks) = (size, [.. peaks]);

    public long Size { get; private set; }

    public byte[] Root() => Merkle.Fold(_peaks);

    /// <summary>Appends a leaf; <paramref name="made"/> is told every node that is complete with it.</summary>
    public void Append(ReadOnlySpan<byte> leafHash, Action<TreeNode, byte[]> made)
    {
        var hash = leafHash.ToArray();
        var index = Size++;
        for (var level = 1; (index & 1) == 1; level++)
        {
            hash = Merkle.Node(_peaks[^1], hash);
            _peaks.RemoveAt(_peaks.Count - 1);
            index >>= 1;
            made(new(level, index), hash);
        }

        _peaks.Add(hash);
    }
}
