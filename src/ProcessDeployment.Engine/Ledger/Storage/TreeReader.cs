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

    /// <summary>What stands for the leaves of a tile, beside the levels of roots.</summary>
    private const int OfLeaves = -1;

    /// <summary>
    /// The leaves of a tile, which may still be in the making, or the roots of tiles next to each other. One statement, so that
    /// it looks at one moment. A subquery for each part: it can only go by the key, whereas a join is planned, whatever the
    /// statistics say, through all tiles of the account.
    /// </summary>
    private const string Parts =
        """
        select n.place, case when n.level < 0 then coalesce(
                (select t.hashes from ledger.tile t where t.account_id = $1 and t.level = 0 and t.index = n.first),
                (select string_agg(r.hashes, ''::bytea order by r.first) from ledger.run r where r.account_id = $1 and r.first >= n.first * 256 and r.first < n.past * 256),
                ''::bytea)
            else
                (select string_agg(t.root, ''::bytea order by t.index) from ledger.tile t where t.account_id = $1 and t.level = n.level::int and t.index >= n.first and t.index < n.past)
            end
        from unnest($2, $3, $4) with ordinality as n(level, first, past, place)
        """;

    /// <summary>The roots over ranges, in their order.</summary>
    public async Task<List<byte[]>> RootsAsync(IReadOnlyList<TreeRange> ranges, CancellationToken cancellation)
    {
        var nodes = ranges.SelectMany(range => range.Perfect()).Distinct().ToList();
        var parts = await PartsAsync([.. nodes.Select(PartOf).Distinct()], cancellation);
        var roots = nodes.ToDictionary(node => node, node => Root(node, parts[PartOf(node)]));
        return [.. ranges.Select(range => Merkle.Fold([.. range.Perfect().Select(node => roots[node])]))];
    }

    /// <summary>The hashes of the leaves of a tile that are there.</summary>
    public async Task<byte[]> TileAsync(long index, CancellationToken cancellation)
    {
        var part = new Part(OfLeaves, index, index + 1);
        return (await PartsAsync([part], cancellation))[part];
    }

    private static byte[] Root(TreeNode node, byte[] hashes)
    {
        if (node.Level < TileBits) return Merkle.Root(hashes.AsSpan((int)(node.Begin & (TileSize - 1)) * Merkle.HashSize, (1 << node.Level) * Merkle.HashSize));
        var part = PartOf(node);
        return hashes.Length == (part.Past - part.First) * Merkle.HashSize
            ? Merkle.Root(hashes)
            : throw new InvalidOperationException($"The ledger lacks tiles of level {part.Level} from {part.First} to {part.Past - 1}.");
    }

    private static Part PartOf(TreeNode node)
    {
        if (node.Level < TileBits) return new(OfLeaves, node.Begin >> TileBits, (node.Begin >> TileBits) + 1);
        var level = (node.Level / TileBits) - 1;
        var bits = (level + 1) * TileBits;
        return new(level, node.Begin >> bits, node.End >> bits);
    }

    private async Task<Dictionary<Part, byte[]>> PartsAsync(IReadOnlyList<Part> wanted, CancellationToken cancellation)
    {
        var found = new Dictionary<Part, byte[]>(wanted.Count);
        if (wanted.Count == 0) return found;
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(
            Parts, row => found.Add(wanted[(int)row.GetInt64(0) - 1], row.IsDBNull(1) ? [] : row.GetFieldValue<byte[]>(1)),
            Parameters.Array([.. wanted.Select(part => (long)part.Level)]), Parameters.Array([.. wanted.Select(part => part.First)]), Parameters.Array([.. wanted.Select(part => part.Past)]));
        await batch.RunAsync(cancellation);
        return found;
    }

    /// <summary>Tiles next to each other, of which the roots are wanted; or the leaves of one.</summary>
    private readonly record struct Part(int Level, long First, long Past);
}
