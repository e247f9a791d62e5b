using System.Buffers;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>
/// The events that say what was redacted of the exported ones since, where they lie behind these, and those that mark one of them as
/// skipped: each with its leaf and the way from there to the root that the checkpoint signs, so that it is proved without all that
/// lies in between.
/// </summary>
internal static class RedactionLines
{
    public const string File = "redactions.jsonl";
    public const string Skipped = "skipped.jsonl";

    private const string Sql = $"select {EventLines.Columns} from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = any($2) order by {LeafSql.Position}";

    public static async Task WriteAsync(BundleFile file, NpgsqlConnection connection, LedgerReader ledger, ExportScope scope, IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        var line = new ArrayBufferWriter<byte>(4 * 1024);
        await using var writer = new Utf8JsonWriter(line, EventLines.Plain);
        await using var batch = new AccountBatch(connection, scope.AccountId);
        batch.Stream(
            Sql,
            async (row, _) =>
            {
                var proof = await ledger.InclusionAsync(scope.AccountId, row.GetInt64(0), scope.Size, cancellation);
                writer.WriteStartObject();
                writer.WritePropertyName("event");
                EventLines.Write(writer, row);
                writer.WriteString("leafHash", Convert.ToHexStringLower(proof.LeafHash));
                writer.WriteStartArray("path");
                foreach (var hash in proof.Path.Chunk(32)) writer.WriteStringValue(Convert.ToHexStringLower(hash));
                writer.WriteEndArray();
                writer.WriteEndObject();
                await writer.FlushAsync(cancellation);
                line.Write("\n"u8);
                await file.WriteAsync(line.WrittenMemory.ToArray());
                line.ResetWrittenCount();
                writer.Reset();
            },
            Parameters.Array([.. positions]));
        await batch.RunAsync(cancellation);
    }
}
