using Npgsql;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>What is of the ledger and of no account: everybody may see it.</summary>
internal static class WholeLedger
{
    private const string Keys =
        """
        select l.id, k.id, k.public_key, c.number, c.time, c.payload, c.key_id, c.signature
        from ledger.key k
        cross join ledger.log l
        left join ledger.checkpoint c on c.number = k.from_checkpoint
        order by k.from_checkpoint
        """;

    public static async Task<LedgerKeys?> KeysAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var (ledger, keys) = (Guid.Empty, new List<LedgerKey>());
        await using var command = new NpgsqlCommand(Keys, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ledger = rows.GetGuid(0);
            keys.Add(Key(rows));
        }

        return keys.Count == 0 ? null : new(ledger, keys);
    }

    private static LedgerKey Key(NpgsqlDataReader row) => new(
        row.GetString(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : Dsse.Of(row.GetFieldValue<byte[]>(5), row.GetString(6), row.GetFieldValue<byte[]>(7)))
    {
        FromCheckpoint = row.IsDBNull(3) ? 0 : row.GetInt64(3),
    };
}
