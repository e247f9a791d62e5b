using System.Globalization;
using System.Text;
using ProcessDeployment.Engine.Ledger.Trees;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>The tree over the heads of all accounts, in the order in which these were first sealed. Unlike an account's its leaves change.</summary>
internal sealed class HeadTree
{
    /// <summary>Complete nodes only, by level.</summary>
    private readonly List<List<byte[]>> _levels = [[]];

    public long Size => _levels[0].Count;

    /// <summary>What stands for an account in this tree. Names of accounts and hexadecimal digits need no escaping.</summary>
    public static byte[] Leaf(string accountId, long size, byte[] root) => Merkle.Leaf(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"[\"processdeployment-head/1\", \"{accountId}\", {size}, \"{Convert.ToHexStringLower(root)}\"]")));

    public byte[] Root() => Merkle.Fold([.. new TreeRange(0, Size).Perfect().Select(node => _levels[node.Level][(int)node.Index])]);

    /// <summary>Sets leaves, new ones behind the last, and says which nodes are other than before.</summary>
    public List<(TreeNode Node, byte[] Hash)> Set(IReadOnlyList<(long Index, byte[] Hash)> leaves)
    {
        var changed = new List<(TreeNode Node, byte[] Hash)>();
        var here = new SortedSet<long>();
        foreach (var (index, hash) in leaves) Put(0, index, hash);
        for (var level = 1; here.Count > 0; level++)
        {
            var (below, nodes) = (here, _levels[level - 1]);
            here = [];
            foreach (var index in below.Select(index => index >> 1).Distinct().Where(index => (2 * index) + 1 < nodes.Count))
                Put(level, index, Merkle.Node(nodes[(int)(2 * index)], nodes[(int)((2 * index) + 1)]));
        }

        return changed;

        void Put(int level, long index, byte[] hash)
        {
            if (_levels.Count == level) _levels.Add([]);
            if (index == _levels[level].Count) _levels[level].Add(hash);
            else _levels[level][(int)index] = hash;
            changed.Add((new(level, index), hash));
            here.Add(index);
        }
    }
}
