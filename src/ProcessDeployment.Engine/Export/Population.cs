using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>Every change of the period in words, for a spreadsheet and for a program: the population that auditors sample from.</summary>
internal static class Population
{
    public static readonly string[] Header =
        ["position", "time", "actor", "type", "outcome", "name", "summary", "reason", "commandId", "correlationId", "channel", "source", "stream"];

    private const int AtOnce = 64 * 1024;

    /// <summary>An event that was passed over and what marks it are in the bundle as they were sealed.</summary>
    private const string Changes = $"select {AuditItem.ColumnsWithoutSkipped} from process_deployment.audit_entry a where a.account_id = $1 and a.position between $2 and $3 order by a.position";

    /// <summary>Refused commands that left no event: kept beside the ledger, so that nobody takes them for proved.</summary>
    private const string Attempts = """
        select o.decided_at, o.actor, o.type, o.refusal_code, o.refusal_message, o.reason, o.command_id, o.channel, o.source
        from process_deployment.command_outcome o
        where o.account_id = $1 and o.status = 'refused' and o.event_count = 0 and o.decided_at >= $2 and o.decided_at < $3
        order by o.position, o.decided_at, o.command_id
        """;

    public static async Task WriteAsync(Bundle bundle, NpgsqlConnection connection, ExportScope scope, CancellationToken cancellation)
    {
        await using var lines = new SecondList();
        await bundle.WriteAsync("changes.csv", file => CsvAsync(
            file, connection, scope, Header, Changes,
            row =>
            {
                var item = AuditItem.Read(row);
                lines.Write(JsonSerializer.SerializeToUtf8Bytes(item, WireJson.Options));
                lines.Write("\n"u8);
                return Cells(item);
            },
            Range(scope), cancellation));
        await bundle.WriteAsync("changes.jsonl", file => lines.WriteToAsync(file, cancellation));
        await bundle.WriteAsync("attempts.csv", file => CsvAsync(
            file, connection, scope, ["time", "actor", "type", "refusal", "message", "reason", "commandId", "channel", "source"], Attempts,
            row => [Time(row.Time(0)), row.GetString(1), row.GetString(2), row.Text(3), row.Text(4), row.Text(5), $"{row.GetGuid(6)}", row.GetString(7), row.GetString(8)],
            [Given.Time(scope.From ?? DateTimeOffset.MinValue), Given.Time(scope.To ?? scope.Pinned.Time)], cancellation));
    }

    /// <summary>Rows of an account as CSV, given on while more of them come.</summary>
    public static async Task CsvAsync(
        BundleFile file, NpgsqlConnection connection, ExportScope scope, string[] header, string sql, Func<NpgsqlDataReader, string?[]> cells, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        var csv = new Csv(header);
        await using var batch = new AccountBatch(connection, scope.AccountId);
        batch.Stream(
            sql,
            async (row, _) =>
            {
                csv.Line(cells(row));
                if (csv.Length >= AtOnce) await file.WriteAsync(csv.Drain());
            },
            parameters);
        await batch.RunAsync(cancellation);
        await file.WriteAsync(csv.Drain());
    }

    public static NpgsqlParameter[] Range(ExportScope scope) => [Parameters.Value(scope.First), Parameters.Value(scope.Last)];

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string?[] Cells(AuditItem item) =>
    [
        $"{item.Position}", Time(item.Time), item.Actor, item.Type, item.Outcome, item.Name, item.Summary, item.Reason,
        $"{item.CommandId}", item.CorrelationId, item.Channel, item.Source, item.Stream,
    ];
}
