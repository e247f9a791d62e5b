using System.Security.Cryptography;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>RFC 9162, section 2.1, word for word: slow, and easy to hold against the text.</summary>
internal static class NaiveTree
{
    public static byte[] Leaf(byte[] data) => SHA256.HashData([0, .. data]);

    public static byte[] Root(IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 0) return SHA256.HashData([]);
        if (leaves.Count == 1) return leaves[0];
        var k = Split(leaves.Count);
        return Node(Root([.. leaves.Take(k)]), Root([.. leaves.Skip(k)]));
    }

    /// <summary>2.1.3.1: PATH(m, D_n).</summary>
    public static List<byte[]> Path(int m, IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 1) return [];
        var k = Split(leaves.Count);
        return m < k
            ? [.. Path(m, [.. leaves.Take(k)]), Root([.. leaves.Skip(k)])]
            : [.. Path(m - k, [.. leaves.Skip(k)]), Root([.. leaves.Take(k)])];
    }

    /// <summary>2.1.4.1: SUBPROOF(m, D_n, b).</summary>
    public static List<byte[]> SubProof(int m, IReadOnlyList<byte[]> leaves, bool whole)
    {
        if (m == leaves.Count) return whole ? [] : [Root(leaves)];
        var k = Split(leaves.Count);
        return m <= k
            ? [.. SubProof(m, [.. leaves.Take(k)], whole), Root([.. leaves.Skip(k)])]
            : [.. SubProof(m - k, [.. leaves.Skip(k)], false), Root([.. leaves.Take(k)])];
    }

    private static int Split(int size)
    {
        var k = 1;
        while (2 * k < size) k *= 2;
        return k;
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
