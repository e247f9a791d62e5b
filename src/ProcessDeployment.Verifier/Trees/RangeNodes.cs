namespace ProcessDeployment.Verifier.Trees;

/// <summary>The subtrees that a range proof consists of: the largest ones outside the range.</summary>
internal static class RangeNodes
{
    /// <summary>Their sizes, from the left to the right, parted by the range <c>[begin, end)</c>.</summary>
    public static (List<long> Left, List<long> Right) Sizes(long begin, long end, long size)
    {
        var (left, right) = (new List<long>(), new List<long>());
        if (size > 0) Collect(0, size);
        return (left, right);

        void Collect(long from, long to)
        {
            if (to <= begin) left.Add(to - from);
            else if (from >= end) right.Add(to - from);
            else if (from < begin || to > end)
            {
                var middle = from + Merkle.Split(to - from);
                Collect(from, middle);
                Collect(middle, to);
            }
        }
    }
}
