using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Trees;
using ProcessDeployment.Verifier;
using ProcessDeployment.Verifier.Events;

namespace ProcessDeployment.Benchmarks.Scenarios;

/// <summary>The verifier on the export of a whole account with as many events as the log has, lists and all, each event of the size that saving a process makes.</summary>
internal static class OfflineVerification
{
    private const string Account = "acme";

    public static async Task<Line> MeasureAsync(int events)
    {
        var folder = Directory.CreateTempSubdirectory("process-deployment-benchmark-bundle-").FullName;
        try
        {
            await WriteAsync(folder, events);
            using var said = new StringWriter();
            var begun = Stopwatch.GetTimestamp();
            var code = Verification.Run([folder], said, said);
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            if (code != Verification.Proven) throw new InvalidOperationException(said.ToString());
            Console.Error.Write(said);
            return new(
                $"verify {events:#,##0} events and their lists offline ({Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length) >> 20} MB)", null, string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
                new(seconds, seconds, seconds), Target.AtMost(10, "s"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(string folder, int events)
    {
        var (line, frontier) = (new EventLine(Account), new Frontier());
        await using (var file = File.Create(Path.Combine(folder, "events.jsonl")))
        await using (var leaves = File.Create(Path.Combine(folder, "leaves.bin")))
        await using (var table = File.CreateText(Path.Combine(folder, "changes.csv")))
        await using (var lines = File.CreateText(Path.Combine(folder, "changes.jsonl")))
        {
            await table.WriteAsync("position,time,actor,type,outcome,name,summary,reason,commandId,correlationId,channel,source,stream\r\n");
            for (var position = 1; position <= events; position++)
            {
                var text = Encoding.UTF8.GetBytes(Event(position));
                var leaf = line.LeafHash(text);
                frontier.Append(leaf, static (_, _) => { });
                await file.WriteAsync((byte[])[.. text, (byte)'\n']);
                await leaves.WriteAsync(leaf);
                await table.WriteAsync(Row(position));
                await lines.WriteAsync(ListLine(position));
            }
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "deployments.csv"),
            "position,time,deployedBy,processId,process,version,previousVersion,difference,note,reason,rollbackTo,digest,atoms,result,reasonGiven,deployerIsNotReviser,revisers\r\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "exceptions.csv"), "position,time,deployedBy,processId,process,version,rule,detail\r\n");
        using var key = SigningKey.Create();
        var (ledger, root) = (Guid.CreateVersion7(), frontier.Root());
        var checkpoint = new Checkpoint(ledger, 1, DateTimeOffset.UnixEpoch, 1, HeadTree.Leaf(Account, events, root), null, key.Id, null);
        await SaveAsync("checkpoint.json", new AccountCheckpoint(key.Sign(checkpoint.ToPayload()), new(Account, events, Convert.ToHexStringLower(root)), 0, []));
        await SaveAsync("proof.json", new RangeProof(events, 1, events, []));
        await SaveAsync("keys.json", new LedgerKeys(ledger, [new(key.Id, key.Public.Spki, null)]));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).ToList())
        {
            await using var stream = File.OpenRead(Path.Combine(folder, name));
            files.Add(name, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream)));
        }

        await SaveAsync("manifest.json", new { format = "processdeployment-export/1", accountId = Account, firstPosition = 1, lastPosition = events, size = events, events, periodFirst = 1, periodLast = events, closed = false, files });

        Task SaveAsync<T>(string name, T document) => File.WriteAllBytesAsync(Path.Combine(folder, name), JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options));
    }

    private static (Guid Id, Guid Command, string Time, int Revision) Of(int position) => (
        new Guid(position, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]), new Guid(position, 2, 2, [3, 4, 5, 6, 7, 8, 9, 10]),
        new DateTime(2026, 11, 23, 16, 0, 0, DateTimeKind.Utc).AddMicroseconds(position).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), (position % 20) + 1);

    private static string Summary(int revision) => revision == 1 ? "created as revision 1" : $"saved as revision {revision}";

    private static string Row(int position)
    {
        var (id, command, time, revision) = Of(position);
        return $"{position},{time},kim@example.com,processdeployment.revision-made.v1,accepted,Synchronise orders {position},{Summary(revision)},,{command},{command},http,//ci/pipeline/42,component/{id}\r\n";
    }

    private static string ListLine(int position)
    {
        var (id, command, time, revision) = Of(position);
        return $$"""
            {"position":{{position}},"time":"{{time[..^1]}}+00:00","actor":"kim@example.com","type":"processdeployment.revision-made.v1","outcome":"accepted","name":"Synchronise orders {{position}}","summary":"{{Summary(revision)}}","commandId":"{{command}}","correlationId":"{{command}}","causationId":"{{command}}","channel":"http","source":"//ci/pipeline/42","stream":"component/{{id}}","componentId":"{{id}}"}

            """;
    }

    private static string Event(int position)
    {
        var (id, command, time, _) = Of(position);
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"position":{{{position}}},"stream":"component/{{{id}}}","number":{{{(position % 20) + 1}}},"eventId":"{{{id}}}","type":"processdeployment.revision-made.v1","time":"{{{time}}}","actor":"kim@example.com","correlationId":"{{{command}}}","causationId":"{{{command}}}","headers":{"source": "//ci/pipeline/42", "channel": "http", "position": {{{position}}}, "commandId": "{{{command}}}"},"data":{"name": "Synchronise orders {{{position}}}", "folder": "Sales/Region 7", "revision": {{{(position % 20) + 1}}}, "startStep": "schedule", "references": [{"kind": "dependent", "componentId": "{{{id}}}"}, {"kind": "dependent", "componentId": "{{{command}}}"}], "componentId": "{{{id}}}", "contentHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "componentType": "process"}}
            """);
    }
}
