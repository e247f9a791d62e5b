using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>As one who writes more into a bundle than was exported, or what no exporter would write.</summary>
public sealed class Adding_to_a_bundle(EngineFixture engine) : IAsyncLifetime
{
    private const string Redaction = "\"type\":\"processdeployment.personal-data-redacted.v1\",";

    private TestBundle _bundle = null!;

    public async ValueTask InitializeAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        var checkpoint = await engine.SealedAsync(shop.Account, 7);
        await using var connection = await engine.Owner.OpenConnectionAsync();
        _bundle = await TestBundle.ExportAsync(connection, engine.Ledger(), shop.Account.Name, checkpoint);
        checkpoint.Head.Size.ShouldBe(7);
    }

    public ValueTask DisposeAsync()
    {
        _bundle.Dispose();
        return default;
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1_000_000)]
    public async Task events_behind_the_last_is_found_at_the_first_of_them(long position)
    {
        Lines(lines => [.. lines, Forged(lines, position, "{}")]);
        Events(8);

        (await _bundle.VerifyAsync()).ShouldBeAltered(8);
    }

    [Fact]
    public async Task an_event_that_says_another_was_redacted_excuses_nothing()
    {
        foreach (var redaction in new Func<List<string>, string>[] { lines => Forged(lines, 8, "{\"eventPosition\": 5}"), lines => Forged(lines, 7, "{\"eventPosition\": 5}") })
        {
            Lines(lines => [.. lines.Take(7).Select((line, i) => i == 4 ? Hidden(line) : line), redaction(lines)]);
            Events(8);

            var verdict = await _bundle.VerifyAsync();

            verdict.Code.ShouldBe(Verifier.Verification.Altered);
            verdict.Position.ShouldBe(5);
        }
    }

    [Theory]
    [InlineData("\"actor\":\"", "\"actor\":\"\\ud800", 1)]
    [InlineData("\"position\":4,", "\"position\":4,\"\\udc00\":1,", 4)]
    [InlineData("\"position\":4,", "\"position\":4.0,", 4)]
    [InlineData("\"position\":4,", "\"position\":0,", 4)]
    [InlineData("\"position\":4,", "\"position\":-4,", 4)]
    [InlineData("\"position\":7,", "\"position\":9007199254740993,", 7)]
    [InlineData("\"position\":4,", "\n\"position\":4,", 4)]
    [InlineData("{\"position\":4,", "\n{\"position\":4,", 4)]
    [InlineData("\"position\":4,", "\"position\":4,\"data\":1,", 4)]
    [InlineData("{\"position\":4,", "{\"position\":4,\"type\":null}\n{\"position\":4,", 4)]
    [InlineData("{\"position\":4,", "{\"position\":4,\"stream\":\"x\",\"number\":1,\"eventId\":\"x\"," + Redaction + "\"time\":\"x\",\"actor\":\"x\",\"headers\":{},\"dataHash\":\"00\"}\n{\"position\":4,", 4)]
    [InlineData("{\"position\":4,", "{\"position\":4,\"stream\":\"x\",\"number\":1,\"eventId\":\"x\"," + Redaction + "\"time\":\"x\",\"actor\":\"x\",\"headers\":{},\"data\":{\"eventPosition\":\"1\"}}\n{\"position\":4,", 4)]
    [InlineData("{\"position\":4,", "{\"position\":4,\"stream\":\"x\",\"number\":1,\"eventId\":\"x\"," + Redaction + "\"time\":\"x\",\"actor\":\"x\",\"headers\":{},\"data\":[]}\n{\"position\":4,", 4)]
    public async Task lines_that_no_exporter_writes_is_found_at_them(string from, string to, long position)
    {
        _bundle.Edit("events.jsonl", text => text.Replace(from, to, StringComparison.Ordinal));

        (await _bundle.VerifyAsync()).ShouldBeAltered(position);
    }

    [Theory]
    [InlineData("manifest.json", "\"files\":{", "\"files\":{\"keys.json\":\"00\",")]
    [InlineData("manifest.json", "\"size\":7", "\"size\":9223372036854775807")]
    [InlineData("keys.json", "{\"ledger\":", "{\"keys\":[],\"ledger\":")]
    [InlineData("checkpoint.json", "\"signatures\":[", "\"signatures\":[],\"was\":[")]
    [InlineData("checkpoint.json", "\"accountId\":\"", "\"accountId\":\"\\ud800")]
    [InlineData("checkpoint.json", "{\"checkpoint\":", "{\"\\udc00\":1,\"checkpoint\":")]
    public void members_that_no_exporter_writes_cannot_be_read(string file, string from, string to)
    {
        var text = File.ReadAllText(_bundle.File(file));
        text.ShouldContain(from);
        _bundle.Write(file, text.Replace(from, to, StringComparison.Ordinal));
        using var output = new StringWriter();

        Verifier.Verification.Run([_bundle.Folder], output, output).ShouldBe(Verifier.Verification.Unreadable, output.ToString());
    }

    [Theory]
    [InlineData("bundle/events.jsonl")]
    [InlineData("other/events.jsonl")]
    [InlineData("events.jsonl")]
    public void a_file_to_a_zip_that_has_it_cannot_be_read(string name)
    {
        var zip = $"{_bundle.Folder}.zip";
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            foreach (var file in Directory.GetFiles(_bundle.Folder)) archive.CreateEntryFromFile(file, $"bundle/{Path.GetFileName(file)}");
            archive.CreateEntryFromFile(_bundle.File("events.jsonl"), name);
        }

        using var output = new StringWriter();

        Verifier.Verification.Run([zip], output, output).ShouldBe(Verifier.Verification.Unreadable, output.ToString());

        File.Delete(zip);
    }

    private static string Forged(List<string> lines, long position, string data) =>
        $"{{\"position\":{position},{lines[4][(lines[4].IndexOf(',', StringComparison.Ordinal) + 1)..lines[4].IndexOf("\"type\":", StringComparison.Ordinal)]}{Redaction}\"time\":\"2026-11-23T16:00:00.123456Z\",\"actor\":\"kim\",\"headers\":{{}},\"data\":{data}}}";

    private static string Hidden(string line)
    {
        var data = line[(line.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..^1];
        return line.Replace($"\"data\":{data}", $"\"dataHash\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))}\",\"data\":{{}}", StringComparison.Ordinal);
    }

    private void Lines(Func<List<string>, IEnumerable<string>> edit) =>
        _bundle.Edit("events.jsonl", text => string.Concat(edit([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)]).Select(line => line + "\n")));

    private void Events(int count)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(_bundle.File("manifest.json")))!;
        manifest["events"] = count;
        _bundle.Write("manifest.json", manifest.ToJsonString());
    }
}
