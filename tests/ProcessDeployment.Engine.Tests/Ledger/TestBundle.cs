using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Proofs;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>A bundle as an auditor gets it: what is in the database now, and what was sealed of it.</summary>
internal sealed class TestBundle : IDisposable
{
    private const string Events =
        """
        select e.headers ->> 'position', e.stream_id, e.version, e.id, e.type, to_char(e.timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.user_name,
            e.correlation_id, e.causation_id, e.headers::text, e.data::text
        from events.mt_events e
        where e.tenant_id = $1 and (e.headers ->> 'position')::bigint between $2 and $3
        order by (e.headers ->> 'position')::bigint
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("process-deployment-bundle-").FullName;

    public static async Task<TestBundle> ExportAsync(NpgsqlConnection database, LedgerReader ledger, string accountId, AccountCheckpoint checkpoint, long first = 1, long? last = null)
    {
        var (bundle, to, ct) = (new TestBundle(), last ?? checkpoint.Head.Size, TestContext.Current.CancellationToken);
        var lines = new List<string>();
        await using (var command = new NpgsqlCommand(Events, database))
        {
            foreach (var value in new object[] { accountId, first, to }) command.Parameters.AddWithValue(value);
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) lines.Add(Line(rows));
        }

        using var leaves = new MemoryStream();
        await foreach (var piece in ledger.LeafHashesAsync(accountId, first, to, ct)) leaves.Write(piece.Span);
        bundle.Write("events.jsonl", string.Concat(lines.Select(line => line + "\n")));
        await System.IO.File.WriteAllBytesAsync(bundle.File("leaves.bin"), leaves.ToArray(), ct);
        bundle.Write("checkpoint.json", JsonSerializer.Serialize(checkpoint, WireJson.Options));
        bundle.Write("proof.json", JsonSerializer.Serialize(await ledger.RangeAsync(accountId, first, to, checkpoint.Head.Size, ct), WireJson.Options));
        bundle.Write("keys.json", JsonSerializer.Serialize(await ledger.KeysAsync(ct), WireJson.Options));
        bundle.Write("manifest.json", new JsonObject
        {
            ["format"] = "processdeployment-export/1",
            ["accountId"] = accountId,
            ["firstPosition"] = first,
            ["lastPosition"] = to,
            ["size"] = checkpoint.Head.Size,
            ["events"] = lines.Count,
            ["files"] = new JsonObject(),
        }.ToJsonString());
        bundle.Close();
        return bundle;
    }

    public string File(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Edits a file of it, as one who knows what else to change then.</summary>
    public void Edit(string name, Func<string, string> edit)
    {
        Write(name, edit(System.IO.File.ReadAllText(File(name))));
        Close();
    }

    /// <summary>Sets the hashes of the files in the manifest.</summary>
    public void Close()
    {
        var manifest = JsonNode.Parse(System.IO.File.ReadAllText(File("manifest.json")))!;
        manifest["files"] = new JsonObject(Directory.GetFiles(Folder).Select(Path.GetFileName).Where(name => name is "events.jsonl" or "leaves.bin" or "checkpoint.json" or "proof.json" or "keys.json")
            .Select(name => KeyValuePair.Create(name!, (JsonNode?)Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File(name!)))))));
        Write("manifest.json", manifest.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Line(NpgsqlDataReader row)
    {
        var line = new StringBuilder().Append("{\"position\":").Append(row.GetString(0)).Append(",\"stream\":").Append(Quoted(row.GetString(1))).Append(",\"number\":").Append(row.GetInt64(2))
            .Append(",\"eventId\":").Append(Quoted($"{row.GetGuid(3)}")).Append(",\"type\":").Append(Quoted(row.GetString(4))).Append(",\"time\":").Append(Quoted(row.GetString(5)))
            .Append(",\"actor\":").Append(Quoted(row.GetString(6)));
        if (!row.IsDBNull(7)) line.Append(",\"correlationId\":").Append(Quoted(row.GetString(7)));
        if (!row.IsDBNull(8)) line.Append(",\"causationId\":").Append(Quoted(row.GetString(8)));
        return line.Append(",\"headers\":").Append(row.GetString(9)).Append(",\"data\":").Append(row.GetString(10)).Append('}').ToString();
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, WireJson.Options);
}
