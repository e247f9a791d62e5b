using System.Security.Cryptography;

namespace ProcessDeployment.Client.Proofs;

/// <summary>
/// The hashes of RFC 9162, 2.1, as far as whoever is given a proof needs them. Written for itself: what is held against the
/// engine's own code must not be that code.
/// </summary>
public static class MerkleTree
{
    private const int HashSize = SHA256.HashSizeInBytes;

    public static byte[] Leaf(ReadOnlySpan<byte> bytes) => SHA256.HashData([0, .. bytes]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>The root that a leaf leads to by its siblings (2.1.3.2); null when the path does not fit such a tree.</summary>
    /// <param name="leaf">The hash of the leaf.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="path">The siblings one after another, lowest first.</param>
    public static byte[]? Root(byte[] leaf, long index, long size, ReadOnlySpan<byte> path)
    {
        if (index < 0 || index >= size || path.Length % HashSize != 0) return null;
        var (root, at, last) = (leaf, index, size - 1);
        for (; path.Length > 0; path = path[HashSize..], at >>= 1, last >>= 1)
        {
            var sibling = path[..HashSize];
            if (last == 0) return null;
            if ((at & 1) == 0 && at != last)
            {
                root = Node(root, sibling);
                continue;
            }

            root = Node(sibling, root);
            // Its own tree ends here: on the way up it stands alone until it is a right child again.
            while ((at & 1) == 0 && at > 0) (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 ? root : null;
    }
}
