using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>As one who hands an auditor something else than what was exported, and adapts the manifest to it.</summary>
public sealed class Tampering_with_a_bundle(EngineFixture engine) : IAsyncLifetime
{
    private TestBundle _bundle = null!;
    private AccountCheckpoint _checkpoint = null!;

    public async ValueTask InitializeAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        _checkpoint = await engine.SealedAsync(shop.Account, 7);
        await using var connection = await engine.Owner.OpenConnectionAsync();
        _bundle = await TestBundle.ExportAsync(connection, engine.Ledger(), shop.Account.Name, _checkpoint);
    }

    public ValueTask DisposeAsync()
    {
        _bundle.Dispose();
        return default;
    }

    [Fact]
    public async Task without_adapting_the_manifest_is_found_by_the_file()
    {
        _bundle.Write("keys.json", await File.ReadAllTextAsync(_bundle.File("keys.json"), TestContext.Current.CancellationToken) + " ");

        var verdict = await _bundle.VerifyAsync();

        verdict.ShouldBeAltered();
        verdict.Said.ShouldContain("keys.json is not the one that was exported");
    }

    [Theory]
    [InlineData("\"name\": \"Production\"", "\"name\": \"Productiom\"", 5)]
    [InlineData("\"name\": \"Production\"", "\"name\":  \"Production\"", 5)]
    [InlineData("\"position\":3,", "\"position\":3,\"note\":1,", 3)]
    [InlineData("\"position\":3,", "\"position\":4,", 3)]
    [InlineData("\"position\":3,", "\"position\":\"3\",", 3)]
    [InlineData("\"position\":3,", "", 3)]
    [InlineData("\"position\":6,", "\"position\":6,\"dataHash\":\"00\",", 6)]
    [InlineData("\"position\":7,", "[\"position\":7,", 7)]
    public async Task by_changing_a_line_is_found_at_it(string from, string to, long position)
    {
        _bundle.Edit("events.jsonl", text => text.Replace(from, to, StringComparison.Ordinal));

        (await _bundle.VerifyAsync()).ShouldBeAltered(position);
    }

    [Fact]
    public async Task by_repeating_leaving_out_or_reordering_lines_is_found_at_the_first()
    {
        var lines = (await File.ReadAllLinesAsync(_bundle.File("events.jsonl"), TestContext.Current.CancellationToken)).ToList();
        string Text(IEnumerable<string> some) => string.Concat(some.Select(line => line + "\n"));
        foreach (var (some, position) in new (IEnumerable<string>, long)[]
        {
            (lines[..3].Concat(lines[2..]), 3), (lines[..3].Concat(lines[4..]), 4), (lines[..5].Append(lines[6]).Append(lines[5]), 6), (lines[..6], 7), ([], 1),
        })
        {
            _bundle.Edit("events.jsonl", _ => Text(some));
            (await _bundle.VerifyAsync()).ShouldBeAltered(position);
        }
    }

    [Fact]
    public async Task by_showing_the_hash_of_data_instead_of_it_is_found_at_it()
    {
        _bundle.Edit("events.jsonl", text => string.Join('\n', text.Split('\n').Select((line, i) => i == 4 ? Hidden(line) : line)));

        var verdict = await _bundle.VerifyAsync();

        verdict.ShouldBeAltered(5);
        verdict.Said.ShouldContain("unknown member dataHash");

        static string Hidden(string line)
        {
            var data = line[(line.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..^1];
            return line.Replace($"\"data\":{data}", $"\"dataHash\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))}\",\"data\":{{}}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task by_forging_the_checkpoint_is_found_by_its_signature()
    {
        Replace(_checkpoint with { Checkpoint = _checkpoint.Checkpoint with { Payload = Edited("\"number\":", "\"number\":1") } });
        (await _bundle.VerifyAsync()).ShouldBeAltered();

        Replace(_checkpoint with { Head = _checkpoint.Head with { Size = 8 } });
        (await _bundle.VerifyAsync()).ShouldBeAltered();

        byte[] Edited(string from, string to) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_checkpoint.Checkpoint.Payload).Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Everything is signed anew and fits together; only what an auditor has from elsewhere gives it away.</summary>
    [Fact]
    public async Task by_signing_with_another_key_is_found_by_the_trusted_key_and_by_a_kept_checkpoint()
    {
        var keys = await engine.Ledger().KeysAsync(TestContext.Current.CancellationToken);
        var trusted = _bundle.Write("trusted.pem", PemEncoding.WriteString("PUBLIC KEY", keys!.Keys[0].PublicKey));
        var kept = _bundle.Write("kept.json", JsonSerializer.Serialize(_checkpoint, WireJson.Options));
        (await _bundle.VerifyAsync("--key", trusted, "--checkpoint", kept)).ShouldBeProven();
        using var other = SigningKey.Create();
        var payload = JsonNode.Parse(_checkpoint.Checkpoint.Payload)!;
        payload["key"] = other.Id;
        Replace(_checkpoint with { Checkpoint = other.Sign(Encoding.UTF8.GetBytes(payload.ToJsonString())) });
        _bundle.Edit("keys.json", _ => JsonSerializer.Serialize(new LedgerKeys(Guid.Empty, [new(other.Id, other.Public.Spki, null)]), WireJson.Options));

        (await _bundle.VerifyAsync("--key", trusted)).ShouldBeAltered();
        (await _bundle.VerifyAsync("--checkpoint", kept)).ShouldBeAltered();
    }

    /// <summary>Whoever holds the key can sign two histories; whoever kept a checkpoint of the other one sees it.</summary>
    [Fact]
    public async Task of_a_history_that_another_checkpoint_of_the_same_number_contradicts_is_found_at_the_first_event_that_may_differ()
    {
        using var key = new KeyFolder(Path.Combine(engine.DataFolder, "ledger")).Current(_checkpoint.Checkpoint.Signatures[0].KeyId);
        var (head, payload) = (_checkpoint.Head with { Size = 5, Root = new string('0', 64) }, JsonNode.Parse(_checkpoint.Checkpoint.Payload)!);
        payload["accounts"] = 1;
        payload["root"] = Convert.ToHexStringLower(HeadTree.Leaf(head.AccountId, head.Size, Convert.FromHexString(head.Root)));
        var other = new AccountCheckpoint(key.Sign(Encoding.UTF8.GetBytes(payload.ToJsonString())), head, Index: 0, Path: []);

        var verdict = await _bundle.VerifyAsync("--checkpoint", _bundle.Write("other.json", JsonSerializer.Serialize(other, WireJson.Options)));

        verdict.ShouldBeAltered(1);
        verdict.Said.ShouldContain("that say different things");
    }

    [Fact]
    public async Task that_cannot_be_read_is_said_so()
    {
        File.Delete(_bundle.File("proof.json"));
        (await _bundle.VerifyAsync()).Code.ShouldBe(2);
        _bundle.Write("proof.json", "{}");
        _bundle.Close();
        (await _bundle.VerifyAsync()).Code.ShouldBe(2);
    }

    [Fact]
    public void that_is_a_zip_is_judged_as_the_folder()
    {
        var zip = $"{_bundle.Folder}.zip";
        System.IO.Compression.ZipFile.CreateFromDirectory(_bundle.Folder, zip, System.IO.Compression.CompressionLevel.Fastest, includeBaseDirectory: true);
        using var output = new StringWriter();

        Verifier.Verification.Run([zip], output, output).ShouldBe(Verifier.Verification.Proven, output.ToString());

        File.Delete(zip);
    }

    private void Replace(AccountCheckpoint checkpoint) => _bundle.Edit("checkpoint.json", _ => JsonSerializer.Serialize(checkpoint, WireJson.Options));
}
