namespace ProcessDeployment.Verifier.Trees;

/// <summary>A tree to which subtrees are appended, from the left to the right: in memory there are only its peaks.</summary>
internal sealed class GrowingTree
{
    private readonly Stack<(long Size, byte[] Hash)> _peaks = [];

    public long Size { get; private set; }

    /// <summary>Appends the root over so many leaves; 1 for a leaf.</summary>
    public void Append(byte[] hash, long size = 1)
    {
        Size += size;
        while (_peaks.TryPeek(out var left) && left.Size == size)
        {
            _peaks.Pop();
            (hash, size) = (Merkle.Node(left.Hash, hash), 2 * size);
        }

        _peaks.Push((size, hash));
    }

    public byte[] Root()
    {
        if (_peaks.Count == 0) return Merkle.Empty;
        // Enumerated from the right, where the smallest is.
        return _peaks.Select(peak => peak.Hash).Aggregate((right, left) => Merkle.Node(left, right));
    }
}
