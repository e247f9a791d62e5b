using System.Numerics;

namespace ProcessDeployment.Engine.Ledger.Trees;

/// <summary>The leaves <c>[Begin, End)</c> of a tree; as a part of a proof, the root over them.</summary>
internal readonly record struct TreeRange(long Begin, long End)
{
    public long Size => End - Begin;

    /// <summary>Where RFC 9162 parts so many leaves: the largest power of two below.</summary>
    public static long Split(long size) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)size - 1));

    /// <summary>The two subtrees of a range that is one.</summary>
    public (TreeRange Left, TreeRange Right) Parts()
    {
        var middle = Begin + Split(Size);
        return (new(Begin, middle), new(middle, End));
    }

    /// <summary>The perfect subtrees that make it up, the largest first; only they are kept.</summary>
    public IEnumerable<TreeNode> Perfect()
    {
        for (var begin = Begin; begin < End;)
        {
            var level = 63 - BitOperations.LeadingZeroCount((ulong)(End - begin));
            yield return new(level, begin >> level);
            begin += 1L << level;
        }
    }
}

/// <summary>The root over the <c>2^Level</c> leaves from <c>Index · 2^Level</c> on. It never changes once it is there.</summary>
internal readonly record struct TreeNode(int Level, long Index)
{
    public long Begin => Index << Level;

    public long End => (Index + 1) << Level;
}
