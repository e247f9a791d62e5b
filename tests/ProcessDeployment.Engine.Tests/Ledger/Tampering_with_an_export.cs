using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>As one who edits the period or the lists of an export, and adapts the manifest to it. Positions 8 to 12 are in the period.</summary>
public sealed class Tampering_with_an_export(EngineFixture engine) : IAsyncLifetime
{
    private Shop _shop = null!;
    private ExportedFolder _export = null!;
    private DateTimeOffset _from;
    private DateTimeOffset _to;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(engine);
        _from = await engine.NowAsync();
        await _shop.DoAsync(
            Shop.Attach(_shop.Orders, _shop.Production),
            Shop.Deploy(_shop.Orders) with { Actor = "ops@example.com", Note = "go-live" },
            _shop.SaveOrders(content: "<process>2</process>"),
            new RenameAtom { AtomId = _shop.Production, Name = "=1+1, \"quoted\"", Reason = "line\nbreak" },
            Shop.Deploy(_shop.Orders));
        _to = await engine.NowAsync();
        await _shop.DoAsync(new RenameAtom { AtomId = _shop.Backup, Name = "Backup of the backup" });
        await engine.SealedAsync(_shop.Account, 13);
        _export = await ExportedFolder.OfAsync(await _shop.Account.DownloadAsync(await _shop.Account.ExportAsync(_from, _to)));
    }

    public ValueTask DisposeAsync()
    {
        _export.Dispose();
        return default;
    }

    [Fact]
    public async Task by_nothing_is_proven_and_says_what_is_not_judged()
    {
        var verdict = await _export.VerifyAsync();

        verdict.ShouldBeProven();
        foreach (var part in (string[])["positions 8 to 12 are all there was in it", "changes.csv: 5 rows", "changes.jsonl: 5 lines", "deployments.csv: 2 rows", "not sealed: attempts.csv", "the manifest is signed"])
            verdict.Said.ShouldContain(part);
    }

    [Fact]
    public async Task of_a_whole_account_is_proven_to_the_last_word()
    {
        using var all = await ExportedFolder.OfAsync(await _shop.Account.DownloadAsync(await _shop.Account.ExportAsync()));

        var verdict = await all.VerifyAsync();

        verdict.ShouldBeProven();
        verdict.Said.ShouldNotContain("not judged");
    }

    [Theory]
    [InlineData("changes.csv", 3, 10)]
    [InlineData("changes.jsonl", 2, 10)]
    [InlineData("deployments.csv", 1, 9)]
    [InlineData("deployments.csv", 2, 12)]
    [InlineData("exceptions.csv", 1, 12)]
    public async Task by_leaving_a_row_out_or_repeating_it_is_found_at_it(string list, int row, long position)
    {
        var whole = _export.Read(list);
        // The rows of positions 11 have line breaks in their cells.
        var end = list.EndsWith(".csv", StringComparison.Ordinal) ? "\r\n" : "\n";
        _export.Edit(list, text => string.Join(end, text.Split(end).Where((_, i) => i != row)));
        (await _export.VerifyAsync()).ShouldBeAltered(position);

        _export.Edit(list, _ => string.Join(end, whole.Split(end).SelectMany((line, i) => i == row ? [line, line] : new[] { line })));
        (await _export.VerifyAsync()).ShouldBeAltered(position);
    }

    [Theory]
    [InlineData("changes.csv", ",ops@example.com,", ",kim@example.com,", 9)]
    [InlineData("changes.csv", "8,2", "8,1", 8)]
    [InlineData("changes.csv", "atom-attached.v1,accepted", "atom-attached.v1,refused", 8)]
    [InlineData("changes.csv", "\"line\nbreak\"", "approved", 11)]
    [InlineData("changes.csv", "'=1+1", "=1+1", 11)]
    [InlineData("changes.csv", "saved as revision 2", "saved as revision 3", 10)]
    [InlineData("changes.csv", "attached to ", "detached from ", 8)]
    [InlineData("changes.csv", "position,time", "time,position", null)]
    [InlineData("changes.jsonl", "\"actor\":\"ops@example.com\"", "\"actor\":\"kim@example.com\"", 9)]
    [InlineData("changes.jsonl", "\"position\":10,", "\"position\":10,\"note\":\"\",", 10)]
    [InlineData("changes.jsonl", "\"position\":10,", "\"position\":11,", 10)]
    [InlineData("changes.jsonl", "\"position\":10,", "\"position\":10,\"position\":10,", 10)]
    [InlineData("changes.jsonl", "line\\nbreak", "approved", 11)]
    [InlineData("changes.jsonl", "\"outcome\":\"accepted\"", "\"outcome\":\"refused\"", 8)]
    [InlineData("deployments.csv", ",go-live,", ",approved,", 9)]
    [InlineData("deployments.csv", "Orders 1>2", "Orders 1>3", 12)]
    [InlineData("deployments.csv", ",accepted,no,no,", ",accepted,no,yes,", 12)]
    [InlineData("deployments.csv", ",accepted,no,no,", ",accepted,yes,no,", 12)]
    [InlineData("deployments.csv", ",ops@example.com,", ",kim@example.com,", 9)]
    [InlineData("exceptions.csv", "reason-given", "no-rule", 12)]
    [InlineData("exceptions.csv", "position,", "place,", null)]
    public async Task by_changing_a_list_is_found_at_the_row(string list, string from, string to, int? position)
    {
        _export.Replace(list, from, to);

        (await _export.VerifyAsync()).ShouldBeAltered(position);
    }

    [Theory]
    [InlineData("changes.csv", "8,x\r\n", 8)]
    [InlineData("changes.csv", "13,x\r\n", null)]
    [InlineData("changes.jsonl", "{\"position\":9}\n", 9)]
    [InlineData("changes.jsonl", "[]\n", null)]
    [InlineData("changes.csv", "\"open", null)]
    [InlineData("deployments.csv", "10,x\r\n", 10)]
    [InlineData("exceptions.csv", "9,x\r\n", 9)]
    public async Task by_adding_a_row_is_found(string list, string row, int? position)
    {
        _export.Edit(list, text => text + row);

        (await _export.VerifyAsync()).ShouldBeAltered(position);
    }

    [Theory]
    [InlineData("changes.csv", 10)]
    [InlineData("changes.jsonl", 10)]
    [InlineData("events.jsonl", 10)]
    public async Task by_bytes_that_are_no_text_is_found_at_them(string list, long position)
    {
        var bytes = _export.Bytes(list);
        var at = bytes.AsSpan().IndexOf("revision 2"u8);
        if (at < 0) at = bytes.AsSpan().IndexOf("revision-made"u8);
        bytes[at] = 0xff;
        _export.Write(list, bytes);

        (await _export.VerifyAsync()).ShouldBeAltered(position);
    }

    [Theory]
    [InlineData("keys.json")]
    [InlineData("manifest.json")]
    public async Task by_bytes_that_are_no_text_in_a_document_cannot_be_judged(string document)
    {
        _export.Put(document, [.. "{\"\xff\":1,"u8, 0xff, .. _export.Bytes(document).AsSpan(1)]);

        (await _export.VerifyAsync()).Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("changes.csv")]
    [InlineData("exceptions.csv")]
    public async Task by_leaving_a_list_out_is_found(string list)
    {
        _export.Manifest(manifest => manifest["files"]!.AsObject().Remove(list));
        (await _export.VerifyAsync()).ShouldBeAltered();

        _export.Manifest(manifest =>
        {
            foreach (var name in (string[])["from", "to", "periodFirst", "periodLast", "closed"]) manifest.AsObject().Remove(name);
        });
        (await _export.VerifyAsync()).ShouldBeAltered();
    }

    [Fact]
    public async Task by_naming_another_period_is_found_at_what_is_not_in_it()
    {
        var times = _export.Read("events.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["time"]!.GetValue<string>()).ToList();
        foreach (var (member, value, position) in new (string, JsonNode, long?)[]
        {
            ("from", times[2], 8), ("from", times[0], 7), ("to", times[5], 12), ("periodFirst", 9, 8), ("periodLast", 11, 12), ("periodFirst", 1, 7), ("periodLast", 13, 13), ("from", "2026-01-01T00:00:00Z", 7), ("to", "2999-01-01T00:00:00Z", 13),
        })
        {
            var manifest = _export.Read("manifest.json");
            _export.Manifest(edited => edited[member] = value.DeepClone());
            var verdict = await _export.VerifyAsync();
            verdict.Code.ShouldBe(Verifier.Verification.Altered, $"{member}: {verdict.Said}");
            verdict.Position.ShouldBe(position, $"{member}: {verdict.Said}");
            _export.Put("manifest.json", manifest);
        }
    }

    [Fact]
    public async Task by_saying_that_it_is_over_is_found_by_the_checkpoint()
    {
        using var open = await ExportedFolder.OfAsync(await _shop.Account.DownloadAsync(await _shop.Account.ExportAsync(_from, _to.AddYears(1))));
        var proven = await open.VerifyAsync();
        proven.ShouldBeProven();
        proven.Said.ShouldContain("it was not over");

        open.Manifest(manifest => manifest["closed"] = true);

        (await open.VerifyAsync()).ShouldBeAltered();
    }

    [Fact]
    public async Task by_signing_the_manifest_with_another_key_or_for_another_is_found()
    {
        var signature = _export.Read("signature.json");
        _export.Manifest(manifest => manifest["closed"] = false);
        _export.Put("signature.json", signature);
        (await _export.VerifyAsync()).ShouldBeAltered();

        using var other = SigningKey.Create();
        var signed = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(other.Sign(_export.Bytes("manifest.json"), Engine.Export.ExportSignatures.PayloadType), Contracts.Json.WireJson.Options))!;
        _export.Put("signature.json", signed.ToJsonString());
        (await _export.VerifyAsync()).Code.ShouldBe(2);

        signed["signatures"]![0]!["keyid"] = JsonNode.Parse(signature)!["signatures"]![0]!["keyid"]!.GetValue<string>();
        _export.Put("signature.json", signed.ToJsonString());
        (await _export.VerifyAsync()).ShouldBeAltered();
    }
}
