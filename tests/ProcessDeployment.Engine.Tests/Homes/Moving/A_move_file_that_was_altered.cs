using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

/// <summary>Whoever carries the file may lose a part of it, or alter it and know what else to change then: nothing of it is taken.</summary>
public sealed class A_move_file_that_was_altered(EngineFixture engine)
{
    [Fact]
    public async Task is_refused_with_the_reason_and_leaves_nothing_behind()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await homes.Main.LiveAsync(MovingHomes.Acme, 1205, 40);
        await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""");
        var file = await homes.Main.Http.GetByteArrayAsync($"/api/v1/accounts/{MovingHomes.Acme}/history", TestContext.Current.CancellationToken);
        MovingHomes.CopyKeys(homes.Main, homes.Eu);
        (string What, byte[] File, string Why)[] altered =
        [
            ("cut off", file[..(file.Length / 2)], "cut off"),
            ("no archive", Encoding.UTF8.GetBytes("not a file"), "no move file"),
            ("an event changed", await AlteredAsync(file, "mt_events", text => text.Replace("kim@example.com", "eve@example.com", StringComparison.Ordinal)), "altered or damaged"),
            ("an event changed, and its hash", await AlteredAsync(file, "mt_events", text => text.Replace("kim@example.com", "eve@example.com", StringComparison.Ordinal), hashToo: true), "not the"),
            ("the last event gone", await AlteredAsync(file, "mt_events", WithoutLast, hashToo: true), "not the"),
            ("an event twice", await AlteredAsync(file, "mt_events", text => text + text.Split('\n')[0] + "\n", hashToo: true), "not the"),
            ("an outcome of another account", await AlteredAsync(file, "command_outcome", text => text.Replace("\"acme\"", "\"other\"", StringComparison.Ordinal), hashToo: true), "another account"),
            ("a row that is none", await AlteredAsync(file, "atom_state", text => text.Replace("\"stream_version\": ", "\"stream_version\": \"x\", \"x\": ", StringComparison.Ordinal), hashToo: true), "atom_state"),
            ("a file of a table gone", await WithManifestAsync(file, _ => { }, without: "tables/content.jsonl"), "lacks tables/content.jsonl"),
            ("another account", await WithManifestAsync(file, manifest => manifest["accountId"] = "other"), "other"),
            ("another format", await WithManifestAsync(file, manifest => manifest["format"] = 2), "format 2"),
            ("another target", await WithManifestAsync(file, manifest => manifest["toHome"] = "us"), "us"),
            ("a column of another release", await WithManifestAsync(file, manifest => manifest["tables"]![0]!["columns"]!.AsArray().Add("colour")), "colour"),
            ("a column less", await WithManifestAsync(file, manifest => manifest["tables"]![0]!["columns"]!.AsArray().RemoveAt(2)), "needs"),
            ("a table of another release", await WithManifestAsync(file, manifest => manifest["tables"]![0]!["name"] = "colours"), "colours"),
            ("another head", await WithManifestAsync(file, manifest => manifest["checkpoint"]!["head"]!["root"] = new string('0', 64)), "not in its checkpoint"),
            ("another key", await WithManifestAsync(file, manifest => manifest["keys"]!["keys"]![0]!["publicKey"] = OtherKey()), "no key"),
        ];

        foreach (var (what, coming, why) in altered)
        {
            var (status, said) = await MovingHomes.ArriveAsync(homes.Eu, coming);

            status.ShouldBe(400, $"{what}: {said}");
            said.ShouldContain(why, customMessage: what);
        }

        (await homes.Eu.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = 'acme'")).ShouldBe(0);
        (await homes.Eu.ScalarAsync<long>("select count(*) from process_deployment.command_outcome where account_id = 'acme'")).ShouldBe(0);
        (await homes.Eu.ScalarAsync<long>("select count(*) from process_deployment.account_move")).ShouldBe(0);
        (await MovingHomes.ArriveAsync(homes.Eu, file)).Status.ShouldBe(200, "as it was it is taken");
    }

    [Fact]
    public async Task is_not_excused_by_a_redaction()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await A_redacted_account.RedactAsync(homes);
        await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""");
        var file = await homes.Main.Http.GetByteArrayAsync($"/api/v1/accounts/{MovingHomes.Acme}/history", TestContext.Current.CancellationToken);
        (string What, Func<string, string> Alter, string Why)[] altered =
        [
            ("other words in the redacted event", text => WithLine(text, 0, line => line["data"]!["name"] = "Mallory"), "position 1 is not as its redaction says"),
            ("an event that excuses itself", text => WithLine(text, 1, line => (line["type"], line["data"]) = ("processdeployment.personal-data-redacted.v1", new JsonObject { ["eventPosition"] = 2, ["leafHash"] = new string('0', 64), ["becomes"] = new string('0', 64), ["fields"] = new JsonArray("name"), ["reason"] = "none" })), "position 2 is not as its redaction says"),
            ("an event put aside", text => WithLine(text, 1, line => line["is_archived"] = true), "archived"),
        ];

        foreach (var (what, alter, why) in altered)
        {
            var (status, said) = await MovingHomes.ArriveAsync(homes.Eu, await AlteredAsync(file, "mt_events", alter, hashToo: true));

            status.ShouldBe(400, $"{what}: {said}");
            said.ShouldContain(why, customMessage: what);
        }
    }

    [Fact]
    public async Task to_an_account_that_is_open_there_is_refused()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await MovingHomes.SendAsync(homes.Main, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Berlin" });
        await MovingHomes.StepAsync(homes.Main, "leave", """{"to":"eu"}""");
        var file = await homes.Main.Http.GetByteArrayAsync($"/api/v1/accounts/{MovingHomes.Acme}/history", TestContext.Current.CancellationToken);
        await MovingHomes.SendAsync(homes.Eu, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "of somebody else" });

        (await MovingHomes.ArriveAsync(homes.Eu, file)).ShouldSatisfyAllConditions(answer => answer.Status.ShouldBe(409), answer => answer.Body.ShouldContain("is open here"));
        (await homes.Eu.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = 'acme'")).ShouldBe(1);
    }

    private static string WithLine(string text, int index, Action<JsonNode> alter)
    {
        var lines = text.Split('\n');
        var line = JsonNode.Parse(lines[index])!;
        alter(line);
        lines[index] = line.ToJsonString();
        return string.Join('\n', lines);
    }

    private static Task<byte[]> AlteredAsync(byte[] file, string table, Func<string, string> alter, bool hashToo = false)
    {
        var text = alter(TextOf(file, $"tables/{table}.jsonl"));
        return WithManifestAsync(
            file,
            manifest =>
            {
                if (!hashToo) return;
                var said = manifest["tables"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == table)!;
                said["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                said["rows"] = text.Count(letter => letter == '\n');
            },
            replaced: ($"tables/{table}.jsonl", text));
    }

    /// <summary>The same archive with other words in it.</summary>
    private static async Task<byte[]> WithManifestAsync(byte[] file, Action<JsonNode> alter, string? without = null, (string Name, string Text)? replaced = null)
    {
        var manifest = JsonNode.Parse(TextOf(file, "manifest.json"))!;
        alter(manifest);
        using var copy = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(file)))
        using (var to = new ZipArchive(copy, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in from.Entries.Select(entry => entry.FullName).Where(name => name != without))
            {
                await using var written = await to.CreateEntry(name).OpenAsync(TestContext.Current.CancellationToken);
                await written.WriteAsync(Encoding.UTF8.GetBytes(name == "manifest.json" ? manifest.ToJsonString() : name == replaced?.Name ? replaced.Value.Text : TextOf(file, name)), TestContext.Current.CancellationToken);
            }
        }

        return copy.ToArray();
    }

    private static string TextOf(byte[] file, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string WithoutLast(string text) => text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)];

    private static string OtherKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
