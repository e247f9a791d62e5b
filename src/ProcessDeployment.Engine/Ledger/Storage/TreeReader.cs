using Npgsql;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>
/// Finds nodes of an account's tree. What is below a tile is computed from its leaves, what is above from the roots of
/// tiles: at most 255 hashes for each level of 256.
/// </summary>
internal sealed class TreeReader(NpgsqlConnection connection, string accountId)
{
    public const int TileBits = 8;
    public const int TileSize = 1 << TileBits;

    private const string Tiles = "select t.index, t.hashes from ledger.tile t where t.account_id = $1 and t.level = 0 and t.index = any($2)";

    /// <summary>The last tile may still be in the making.</summary>
    private const string Runs =
        """
        select r.hashes from ledger.run r
        where r.account_id = $1 and r.first >= $2 * 256 and r.first < ($2 + 1) * 256
            and not exists (select 1 from ledger.tile t where t.account_id = $1 and t.level = 0 and t.index = $2)
        order by r.first
        """;

    private const string Roots =
        """
        select t.level, t.index, t.root
        from unnest($2, $3, $4) as n(level, first, past)
        cross join lateral (select * from ledger.tile t where t.account_id = $1 and t.level = n.level and t.index >= n.first and t.index < n.past) t
        """;

    /// <summary>The roots over ranges, in their order. The transaction must look at one moment.</summary>
    public async Task<List<byte[]>> RootsAsync(IReadOnlyList<TreeRange> ranges, CancellationToken cancellation)
    {
        var nodes = await NodesAsync([.. ranges.SelectMany(range => range.Perfect())], cancellation);
        return [.. ranges.Select(range => Merkle.Fold([.. range.Perfect().Select(node => nodes[node])]))];
    }

    /// <summary>The hashes of the leaves of a tile that are there.</summary>
    public async Task<byte[]> TileAsync(long index, CancellationToken cancellation) => (await TilesAsync([index], [], cancellation)).Tiles[index];

    private async Task<Dictionary<TreeNode, byte[]>> NodesAsync(HashSet<TreeNode> wanted, CancellationToken cancellation)
    {
        var (low, high) = (wanted.Where(node => node.Level < TileBits).ToList(), wanted.Where(node => node.Level >= TileBits).ToList());
        var (tiles, roots) = await TilesAsync([.. low.Select(node => node.Begin >> TileBits).Distinct()], high, cancellation);
        return low.Select(node => (Node: node, Hash: Merkle.Root(Leaves(tiles[node.Begin >> TileBits], node))))
            .Concat(high.Select(node => (Node: node, Hash: Merkle.Root(Below(node).SelectMany(tile => roots[tile]).ToArray()))))
            .ToDictionary(found => found.Node, found => found.Hash);
    }

    private static ReadOnlySpan<byte> Leaves(byte[] tile, TreeNode node) =>
        tile.AsSpan((int)(node.Begin & (TileSize - 1)) * Merkle.HashSize, (1 << node.Level) * Merkle.HashSize);

    /// <summary>The tiles whose roots make up a node above them.</summary>
    private static IEnumerable<(int Level, long Index)> Below(TreeNode node)
    {
        var (level, first, past) = TilesOf(node);
        for (var index = first; index < past; index++) yield return (level, index);
    }

    private static (int Level, long First, long Past) TilesOf(TreeNode node)
    {
        var level = (node.Level / TileBits) - 1;
        var bits = (level + 1) * TileBits;
        return (level, node.Begin >> bits, node.End >> bits);
    }

    private async Task<(Dictionary<long, byte[]> Tiles, Dictionary<(int Level, long Index), byte[]> Roots)> TilesAsync(
        long[] indexes, List<TreeNode> high, CancellationToken cancellation)
    {
        var (tiles, roots, partial) = (new Dictionary<long, byte[]>(), new Dictionary<(int, long), byte[]>(), new List<byte>());
        await using var batch = new AccountBatch(connection, accountId);
        if (indexes.Length > 0)
        {
            batch.Query(Tiles, row => tiles.Add(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), Parameters.Array(indexes));
            batch.Query(Runs, row => partial.AddRange(row.GetFieldValue<byte[]>(0)), Parameters.Value(indexes.Max()));
        }

        if (high.Count > 0)
        {
            var wanted = high.ConvertAll(TilesOf);
            batch.Query(
                Roots, row => roots.Add((row.GetInt32(0), row.GetInt64(1)), row.GetFieldValue<byte[]>(2)),
                Parameters.Array([.. wanted.Select(tile => (long)tile.Level)]), Parameters.Array([.. wanted.Select(tile => tile.First)]), Parameters.Array([.. wanted.Select(tile => tile.Past)]));
        }

        await batch.RunAsync(cancellation);
        if (indexes.Length > 0) tiles.TryAdd(indexes.Max(), [.. partial]);
        return (tiles, roots);
    }
}
