namespace ProcessDeployment.Verifier.Trees;

/// <summary>That a tree begins with another (RFC 9162, 2.1.4.2).</summary>
internal static class Consistency
{
    public static bool Holds(long from, byte[] fromRoot, long to, byte[] toRoot, IReadOnlyList<byte[]> path)
    {
        if (from < 1 || from > to) return false;
        if (from == to) return path.Count == 0 && fromRoot.AsSpan().SequenceEqual(toRoot);
        // A whole subtree is not repeated in the proof: whoever checks has it.
        List<byte[]> hashes = long.IsPow2(from) ? [fromRoot, .. path] : [.. path];
        if (hashes.Count == 0) return false;
        var (fn, sn) = (from - 1, to - 1);
        for (; (fn & 1) == 1; fn >>= 1) sn >>= 1;
        var (fr, sr) = (hashes[0], hashes[0]);
        foreach (var hash in hashes.Skip(1))
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (Merkle.Node(hash, fr), Merkle.Node(hash, sr));
                for (; (fn & 1) == 0 && fn != 0; fn >>= 1) sn >>= 1;
            }
            else
            {
                sr = Merkle.Node(sr, hash);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr.AsSpan().SequenceEqual(fromRoot) && sr.AsSpan().SequenceEqual(toRoot);
    }
}
