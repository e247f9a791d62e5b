using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>The events themselves, one a line: all that their leaves in the ledger were made of.</summary>
internal static class EventLines
{
    private const int AtOnce = 64 * 1024;

    /// <summary>Of the events <c>e</c>.</summary>
    public const string Columns = $"""
        {LeafSql.Position}, e.stream_id, e.version, e.id, e.type, to_char(e.timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.user_name,
            e.correlation_id, e.causation_id, convert_to(e.headers::text, 'UTF8'), convert_to(e.data::text, 'UTF8')
        """;

    private const string Sql = $"""
        select {Columns}
        from events.mt_events e
        where e.tenant_id = $1 and {LeafSql.Position} between $2 and $3
        order by {LeafSql.Position}
        """;

    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Tells <paramref name="written"/> now and then how many lines there are.</summary>
    public static async Task WriteAsync(BundleFile file, NpgsqlConnection connection, ExportScope scope, Action<long> written, CancellationToken cancellation)
    {
        var lines = new ArrayBufferWriter<byte>(2 * AtOnce);
        await using var writer = new Utf8JsonWriter(lines, Plain);
        var count = 0L;
        await using var batch = new AccountBatch(connection, scope.AccountId);
        batch.Stream(
            Sql,
            async (row, _) =>
            {
                Line(writer, row);
                lines.Write("\n"u8);
                count++;
                if (lines.WrittenCount < AtOnce) return;
                await file.WriteAsync(lines.WrittenMemory);
                lines.ResetWrittenCount();
                written(count);
            },
            Parameters.Value(scope.FirstLine),
            Parameters.Value(scope.LastLine));
        await batch.RunAsync(cancellation);
        await file.WriteAsync(lines.WrittenMemory);
        written(count);
    }

    private static void Line(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        Write(writer, row);
        writer.Flush();
        writer.Reset();
    }

    /// <summary>An event as an object.</summary>
    public static void Write(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("position", row.GetInt64(0));
        writer.WriteString("stream", row.GetString(1));
        writer.WriteNumber("number", row.GetInt64(2));
        writer.WriteString("eventId", row.GetGuid(3));
        writer.WriteString("type", row.GetString(4));
        writer.WriteString("time", row.GetString(5));
        writer.WriteString("actor", row.GetString(6));
        if (!row.IsDBNull(7)) writer.WriteString("correlationId", row.GetString(7));
        if (!row.IsDBNull(8)) writer.WriteString("causationId", row.GetString(8));
        writer.WritePropertyName("headers");
        writer.WriteRawValue(row.GetFieldValue<byte[]>(9), skipInputValidation: true);
        writer.WritePropertyName("data");
        writer.WriteRawValue(row.GetFieldValue<byte[]>(10), skipInputValidation: true);
        writer.WriteEndObject();
    }
}
