using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>The roots that leaves of a range and the subtrees outside it make: of the whole tree, and of the smaller ones that end within the range.</summary>
internal sealed class RangeRoots(Manifest manifest, RangeProof proof, IEnumerable<long> wanted)
{
    private readonly HashSet<long> _wanted = [.. wanted];
    private readonly Dictionary<long, byte[]> _roots = [];

    /// <summary>The root of the tree of that size; null when the bundle does not show it.</summary>
    public byte[]? At(long size) => _roots.GetValueOrDefault(size);

    /// <summary>The root of the whole tree; null when the parts do not fit.</summary>
    public byte[]? Run(IReadOnlyList<byte[]> leaves)
    {
        var (left, right) = RangeNodes.Sizes(manifest.First - 1, manifest.Last, manifest.Size);
        if ((proof.Size, proof.First, proof.Last) != (manifest.Size, manifest.First, manifest.Last)) return null;
        if (left.Count + right.Count != proof.Nodes.Count || leaves.Count != manifest.Last - manifest.First + 1) return null;

        var tree = new GrowingTree();
        for (var i = 0; i < left.Count; i++) Append(tree, proof.Nodes[i], left[i]);
        foreach (var leaf in leaves) Append(tree, leaf, 1);
        for (var i = 0; i < right.Count; i++) tree.Append(proof.Nodes[left.Count + i], right[i]);
        return _roots[manifest.Size] = tree.Root();
    }

    private void Append(GrowingTree tree, byte[] hash, long size)
    {
        tree.Append(hash, size);
        if (_wanted.Contains(tree.Size)) _roots[tree.Size] = tree.Root();
    }
}
