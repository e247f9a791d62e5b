using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>An event as its row says, read without Marten and without the engine.</summary>
internal sealed record HistoryRow(string Stream, long Number, string Type, Guid CommandId, RecordedEvent Recorded, long Sequence);

/// <summary>The events of an account, in the order the store gave them.</summary>
internal static class History
{
    private static readonly Dictionary<string, Type> Types = EventTypes.All.ToDictionary(known => known.WireName, known => known.Type, StringComparer.Ordinal);

    public static async Task<List<HistoryRow>> OfAsync(NpgsqlDataSource database, string accountId)
    {
        var rows = new List<HistoryRow>();
        await ReadOnAsync(database, accountId, rows);
        return rows;
    }

    /// <summary>Adds what came after the rows that were read before.</summary>
    public static async Task ReadOnAsync(NpgsqlDataSource database, string accountId, List<HistoryRow> rows)
    {
        await using var command = database.CreateCommand(
            """
            select stream_id, version, type, (headers ->> 'commandId')::uuid, (headers ->> 'position')::bigint, timestamp, user_name, data::text, seq_id
            from events.mt_events where tenant_id = $1 and seq_id > $2 order by seq_id
            """);
        command.Parameters.AddWithValue(accountId);
        command.Parameters.AddWithValue(rows.Count == 0 ? 0L : rows[^1].Sequence);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var @event = (DomainEvent)JsonSerializer.Deserialize(reader.GetString(7), Types[reader.GetString(2)], WireJson.Options)!;
            rows.Add(new(
                reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetGuid(3),
                new(reader.GetInt64(4), new DateTimeOffset(reader.GetDateTime(5)), reader.GetString(6), @event), reader.GetInt64(8)));
        }
    }
}
