using System.Security.Cryptography;

namespace ProcessDeployment.Engine.Ledger.Trees;

/// <summary>The hashes of RFC 9162, section 2.1: what a leaf is can never be taken for what a node is.</summary>
internal static class Merkle
{
    public const int HashSize = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] Empty { get; } = SHA256.HashData([]);

    public static byte[] Leaf(ReadOnlySpan<byte> bytes) => SHA256.HashData([LeafPrefix, .. bytes]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> joined = stackalloc byte[1 + (2 * HashSize)];
        joined[0] = NodePrefix;
        left.CopyTo(joined[1..]);
        right.CopyTo(joined[(1 + HashSize)..]);
        return SHA256.HashData(joined);
    }

    /// <summary>The root over nodes of equal size that stand one after another, such as leaf hashes.</summary>
    public static byte[] Root(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == 0) return Empty;
        if (hashes.Length == HashSize) return hashes.ToArray();
        var split = (int)TreeRange.Split(hashes.Length / HashSize) * HashSize;
        return Node(Root(hashes[..split]), Root(hashes[split..]));
    }

    /// <summary>The root over subtrees from the left to the right, each larger than all that follow it.</summary>
    public static byte[] Fold(IReadOnlyList<byte[]> peaks)
    {
        if (peaks.Count == 0) return Empty;
        var root = peaks[^1];
        for (var i = peaks.Count - 2; i >= 0; i--) root = Node(peaks[i], root);
        return root;
    }
}
