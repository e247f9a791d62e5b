using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>Where sealed values are kept, of all accounts: each is sealed anew as it is, without being shown to anybody.</summary>
internal sealed class SealedValues(Databases databases)
{
    private const int MostNamed = 5;

    private static readonly SealedTable[] Tables =
    [
        new("extension_secret", "'extension/' || account_id || '/' || process_id || '/' || atom_id || '/' || key", "'extension ' || key || ' of Process ' || process_id || ' on Atom ' || atom_id || ' of account ' || account_id"),
        new("webhook_secret", "'webhook/' || account_id || '/' || webhook_id", "'webhook ' || webhook_id || ' of account ' || account_id"),
    ];

    /// <summary>Those of some keys, behind an owner, in the order of their owners.</summary>
    public async Task<IReadOnlyList<KeptValue>> NextAsync(string after, string[] keyIds, int most, CancellationToken cancellation)
    {
        var found = new List<KeptValue>();
        await using var command = databases.Shared.CreateCommand(string.Join(" union all ", Tables.Select(table => $"""
            (select '{table.Name}', ctid::text, ({table.Owner}) collate "C" as owner, key_id, sealed
             from process_deployment.{table.Name} where key_id = any($1) and ({table.Owner}) collate "C" > $2 order by 3 limit $3)
            """)) + " order by 3 limit $3");
        command.Parameters.Add(Parameters.Array(keyIds));
        command.Parameters.Add(Parameters.Value(after));
        command.Parameters.Add(Parameters.Value(most));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.Add(Read(rows));
        return found;
    }

    /// <summary>
    /// Puts sealed values in the place of others, each for itself: no row is held while the next is written, and what was set to
    /// another value meanwhile, or taken away, is left as it is.
    /// </summary>
    public async Task ReplaceAsync(IReadOnlyList<(KeptValue Former, SealedValue Value)> replaced, CancellationToken cancellation)
    {
        if (replaced.Count == 0) return;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { EnableErrorBarriers = true };
        foreach (var (former, value) in replaced)
        {
            var command = new NpgsqlBatchCommand($"update process_deployment.{former.Table} set key_id = $1, sealed = $2 where ctid = $3::tid and sealed = $4");
            command.Parameters.Add(Parameters.Value(value.KeyId));
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = value.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
            command.Parameters.Add(Parameters.Value(former.Row));
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = former.Sealed.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>How many values each key holds.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = databases.Shared.CreateCommand($"select key_id, count(*) from ({string.Join(" union all ", Tables.Select(table => $"select key_id from process_deployment.{table.Name}"))}) s group by 1");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) counts.Add(rows.GetString(0), rows.GetInt64(1));
        return counts;
    }

    /// <summary>What is sealed with a key, for whoever misses it.</summary>
    public async Task<string> InWordsAsync(string keyId, CancellationToken cancellation)
    {
        var (named, more) = (new List<string>(), 0L);
        await using var command = databases.Shared.CreateCommand(
            $"select words, count(*) over () from ({string.Join(" union all ", Tables.Select(table => $"select {table.Words} as words from process_deployment.{table.Name} where key_id = $1"))}) s order by 1 limit {MostNamed}");
        command.Parameters.Add(Parameters.Value(keyId));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            named.Add(rows.GetString(0));
            more = rows.GetInt64(1) - named.Count;
        }

        return named.Count == 0 ? "nothing any more" : $"{string.Join("; ", named)}{(more > 0 ? $"; and {more} more" : "")}";
    }

    private static KeptValue Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), new(row.GetString(3), row.GetFieldValue<byte[]>(4)));

    /// <summary>A table of them.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Owner">What its values are bound to, as <see cref="SecretOwner"/> says it.</param>
    /// <param name="Words">The same for people.</param>
    private sealed record SealedTable(string Name, string Owner, string Words);
}

/// <summary>A sealed value where it is kept.</summary>
/// <param name="Table">The table.</param>
/// <param name="Row">Its place there, until it is written to.</param>
/// <param name="Owner">What it is bound to.</param>
/// <param name="Sealed">The value.</param>
internal sealed record KeptValue(string Table, string Row, string Owner, SealedValue Sealed)
{
    /// <exception cref="CryptographicException">It was altered, or belongs to another owner.</exception>
    public SealedValue Anew(SecretKey former, SecretKey key) => key.Seal(former.Open(Sealed.Value, Owner), Owner);
}
