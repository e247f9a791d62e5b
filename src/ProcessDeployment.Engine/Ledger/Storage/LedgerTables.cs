using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>What a round of the sealer adds to the ledger. Nothing of it is ever changed.</summary>
internal sealed class LedgerTables(RoundTrip trip)
{
    private const string InsertAccounts = "insert into ledger.account (account_id, index) select * from unnest($1, $2)";

    private const string InsertTiles = "insert into ledger.tile (account_id, level, index, root, hashes) select * from unnest($1, $2, $3, $4, $5)";

    private const string InsertRuns = "insert into ledger.run (account_id, first, hashes) select * from unnest($1, $2, $3)";

    private const string InsertHeads = "insert into ledger.head (account_id, size, checkpoint, root) select * from unnest($1, $2, $3, $4)";

    /// <summary>The following are of the whole ledger and of no account; <c>$1</c> is the number of the checkpoint.</summary>
    private const string InsertNodes = "insert into ledger.head_node (level, index, checkpoint, hash) select n.level, n.index, $1, n.hash from unnest($2, $3, $4) as n(level, index, hash)";

    private const string InsertCheckpoint = "insert into ledger.checkpoint (number, time, accounts, payload, key_id, signature) values ($1, $2, $3, $4, $5, $6)";

    private const string InsertKey = "insert into ledger.key (from_checkpoint, id, public_key) values ($1, $2, $3)";

    public void Add(IReadOnlyList<(string AccountId, long Index)> accounts) => trip.Execute(InsertAccounts, accounts, a => a.AccountId, rows => rows.Position(a => a.Index));

    public void Add(IReadOnlyList<Growth> grown)
    {
        var tiles = (from growth in grown from tile in growth.Tiles select (growth.AccountId, Tile: tile)).ToList();
        trip.Execute(InsertTiles, tiles, t => t.AccountId, rows => rows.Number(t => t.Tile.Level).Position(t => t.Tile.Index).Bytes(t => t.Tile.Root).Bytes(t => t.Tile.Hashes!));
        trip.Execute(InsertRuns, [.. grown.Where(growth => growth.Run.Length > 0)], g => g.AccountId, rows => rows.Position(g => g.First).Bytes(g => g.Run));
    }

    public void Add(IReadOnlyList<AccountLog> logs, long checkpoint) =>
        trip.Execute(InsertHeads, logs, log => log.AccountId, rows => rows.Position(log => log.Size).Position(_ => checkpoint).Bytes(log => log.Root()));

    public void Add(IReadOnlyList<(TreeNode Node, byte[] Hash)> nodes, long checkpoint)
    {
        if (nodes.Count == 0) return;
        trip.Add(Command(
            InsertNodes, Value(checkpoint),
            Array(nodes.Select(n => n.Node.Level), NpgsqlDbType.Integer), Array(nodes.Select(n => n.Node.Index), NpgsqlDbType.Bigint), Array(nodes.Select(n => n.Hash), NpgsqlDbType.Bytea)));
    }

    public void Add(Checkpoint checkpoint, Dsse signed) => trip.Add(Command(
        InsertCheckpoint, Value(checkpoint.Number), Parameters.Value(checkpoint.Time), Value(checkpoint.Accounts), Bytes(signed.Payload), Parameters.Value(checkpoint.KeyId), Bytes(signed.Signatures[0].Sig)));

    public void Add(PublicKey key, long fromCheckpoint) => trip.Add(Command(InsertKey, Value(fromCheckpoint), Parameters.Value(key.Id), Bytes(key.Spki)));

    private static NpgsqlParameter Value(long value) => Parameters.Value(value);

    private static NpgsqlParameter<byte[]> Bytes(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values, NpgsqlDbType type) => new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
