namespace ProcessDeployment.Engine.Ledger.Trees;

/// <summary>Of which subtrees a proof consists.</summary>
internal static class ProofRanges
{
    /// <summary>RFC 9162, 2.1.3: the siblings on the way from a leaf to the root.</summary>
    public static List<TreeRange> Inclusion(long index, long size)
    {
        var path = new List<TreeRange>();
        for (var here = new TreeRange(0, size); here.Size > 1;)
        {
            var (left, right) = here.Parts();
            path.Add(index < left.End ? right : left);
            here = index < left.End ? left : right;
        }

        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162, 2.1.4: what makes the root of the first <paramref name="from"/> leaves and that of the first <paramref name="to"/>.</summary>
    public static List<TreeRange> Consistency(long from, long to)
    {
        var proof = new List<TreeRange>();
        var here = new TreeRange(0, to);
        var whole = true;
        while (here.End != from)
        {
            var (left, right) = here.Parts();
            proof.Add(from <= left.End ? right : left);
            here = from <= left.End ? left : right;
            // Whoever asks has the root of the smaller tree already, unless its last part lies to the right.
            whole &= here.Begin == 0;
        }

        if (!whole) proof.Add(here);
        proof.Reverse();
        return proof;
    }

    /// <summary>Everything but <c>[first, end)</c>, in the largest subtrees, from the left to the right.</summary>
    public static List<TreeRange> Outside(TreeRange wanted, long size)
    {
        var outside = new List<TreeRange>();
        if (size > 0) Collect(new(0, size));
        return outside;

        void Collect(TreeRange here)
        {
            if (here.End <= wanted.Begin || here.Begin >= wanted.End)
            {
                outside.Add(here);
            }
            else if (here.Begin < wanted.Begin || here.End > wanted.End)
            {
                var (left, right) = here.Parts();
                Collect(left);
                Collect(right);
            }
        }
    }
}
