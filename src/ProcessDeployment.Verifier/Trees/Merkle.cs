using System.Security.Cryptography;

namespace ProcessDeployment.Verifier.Trees;

/// <summary>The hashes of RFC 9162, section 2.1.</summary>
internal static class Merkle
{
    public const int HashSize = SHA256.HashSizeInBytes;
    public const byte LeafPrefix = 0;

    private const byte NodePrefix = 1;

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

    /// <summary>Where the RFC parts so many leaves: the largest power of two below.</summary>
    public static long Split(long size)
    {
        var split = 1L;
        while (split << 1 < size) split <<= 1;
        return split;
    }

    /// <summary>The root that a leaf and the siblings on its way lead to (2.1.3.2); null when they cannot be of a tree of that size.</summary>
    public static byte[]? RootOf(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size) return null;
        var (hash, last, used) = (leafHash, size - 1, 0);
        for (; last > 0; index >>= 1, last >>= 1)
        {
            // Without a sibling to its right it moves up as it is.
            if ((index & 1) == 0 && index == last) continue;
            if (used == path.Count) return null;
            hash = (index & 1) == 1 ? Node(path[used], hash) : Node(hash, path[used]);
            used++;
        }

        return used == path.Count ? hash : null;
    }
}
