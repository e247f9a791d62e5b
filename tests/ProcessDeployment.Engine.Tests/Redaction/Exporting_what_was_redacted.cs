using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Redaction;

public sealed class Exporting_what_was_redacted(EngineFixture engine)
{
    [Fact]
    public async Task of_a_closed_period_is_pinned_to_a_checkpoint_that_covers_the_redaction_and_proven_by_both_verifiers()
    {
        var (shop, from, to) = await PeriodAsync();
        var before = await shop.Account.ExportAsync(from, to);
        var old = await shop.Account.DownloadAsync(before);

        await RedactedAsync(shop, "actor", "reason", "note");
        var state = await shop.Account.ExportAsync(from, to);
        var bundle = await shop.Account.DownloadAsync(state);

        state.Text("exportId").ShouldNotBe(before.Text("exportId"));
        state.Flag("closed").ShouldBeTrue();
        JsonElement.Parse(Exports.FileIn(bundle, "manifest.json")).GetProperty("files").TryGetProperty("redactions.jsonl", out _).ShouldBeTrue();
        Exports.FileIn(old, "manifest.json").ShouldNotContain("redactions.jsonl");
        foreach (var name in (string[])["events.jsonl", "changes.csv", "changes.jsonl", "deployments.csv", "exceptions.csv"])
        {
            Exports.FileIn(bundle, name).ShouldNotContain("Jane Doe", Case.Insensitive, name);
            Exports.FileIn(bundle, name).ShouldNotContain("jane.doe", Case.Insensitive, name);
        }

        var verdict = await Exports.VerifyAsync(bundle);
        verdict.ShouldBeProven();
        verdict.Said.ShouldContain($"position 8: actor, reason, note, by {Redacting.Owner}, as position ");
        (await Exports.VerifyAsync(old)).ShouldBeProven();
    }

    [Fact]
    public async Task is_the_same_byte_for_byte_until_it_is_redacted_further_and_then_names_both()
    {
        var (shop, from, to) = await PeriodAsync();
        await RedactedAsync(shop, "note");
        var first = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));
        await shop.DoAsync(shop.SaveOrders("Orders again"));
        await engine.SealedAsync(shop.Account, shop.Position);
        (await WrittenAsync(shop, from, to)).ShouldBe(first);

        await RedactedAsync(shop, "actor", "reason");

        var second = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));
        Exports.FileIn(second, "redactions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        var verdict = await Exports.VerifyAsync(second);
        verdict.ShouldBeProven();
        verdict.Said.ShouldContain("position 8: note, by");
        verdict.Said.ShouldContain("position 8: actor, reason, by");
        (await WrittenAsync(shop, from, to)).ShouldBe(second);
    }

    [Fact]
    public async Task that_holds_the_redaction_as_well_needs_no_further_lines()
    {
        var (shop, _, _) = await PeriodAsync();
        await RedactedAsync(shop, "note");

        var bundle = await shop.Account.DownloadAsync(await shop.Account.ExportAsync());

        Exports.FileIn(bundle, "manifest.json").ShouldNotContain("redactions.jsonl");
        (await Exports.VerifyAsync(bundle)).ShouldBeProven();
    }

    [Fact]
    public async Task makes_bundles_of_before_go_also_those_that_another_node_keeps()
    {
        var (shop, from, to) = await PeriodAsync();
        var before = await shop.Account.ExportAsync(from, to);
        var file = Path.Combine(engine.Services.GetRequiredService<LedgerFolder>().Path, "exports", shop.Account.Name, $"{before.Text("exportId")}.zip");
        var kept = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        await RedactedAsync(shop, "note");
        File.Exists(file).ShouldBeFalse();
        await File.WriteAllBytesAsync(file, kept, TestContext.Current.CancellationToken);

        using var answer = await shop.Account.Http.GetAsync(new Uri(before.Text("bundle")!, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        File.Exists(file).ShouldBeFalse();
    }

    /// <summary>Whoever has the superuser may alter a redacted event once more; the redaction covers one form of it only.</summary>
    [Theory]
    [InlineData("set data = jsonb_set(data, '{contentDigest}', '\"0\"')")]
    [InlineData("set data = jsonb_set(data, '{note}', '\"another note\"')")]
    [InlineData("set user_name = 'somebody else'")]
    public async Task and_altered_under_its_cover_is_found_at_it(string set)
    {
        var (shop, from, to) = await PeriodAsync();
        await RedactedAsync(shop, "note");
        await ExecuteAsync(shop, $"update events.mt_events {set} where tenant_id = $1 and (headers ->> 'position')::bigint = 8");

        (await Exports.VerifyAsync(await WrittenAsync(shop, from, to))).ShouldBeAltered(8);
    }

    [Fact]
    public async Task and_altered_together_with_what_the_redaction_says_is_found_at_it()
    {
        var (shop, from, to) = await PeriodAsync();
        var at = await RedactedAsync(shop, "note");
        await ExecuteAsync(shop, $"update events.mt_events set data = jsonb_set(data, '{{becomes}}', '\"{new string('0', 64)}\"') where tenant_id = $1 and (headers ->> 'position')::bigint = {at}");

        (await Exports.VerifyAsync(await WrittenAsync(shop, from, to))).ShouldBeAltered(8);
    }

    [Theory]
    [InlineData("\"path\":[\"", "\"path\":[\"0000000000000000000000000000000000000000000000000000000000000000\",\"", 8)]
    [InlineData("request 2026-17", "request 2026-18", 8)]
    [InlineData("\"members\": [\"note\"]", "\"members\": [\"actor\"]", 8)]
    public async Task and_told_by_a_line_that_was_edited_is_found(string from, string to, long position)
    {
        var (shop, begin, end) = await PeriodAsync();
        await RedactedAsync(shop, "note");
        var folder = await Exports.UnpackAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(begin, end)));
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "redactions.jsonl"), TestContext.Current.CancellationToken);
        text.ShouldContain(from);
        await RewriteAsync(folder, text.Replace(from, to, StringComparison.Ordinal));

        (await Verifying.VerifyAsync(folder)).ShouldBeAltered(position);

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task without_the_lines_that_tell_of_it_is_altered()
    {
        var (shop, from, to) = await PeriodAsync();
        await RedactedAsync(shop, "note");
        var folder = await Exports.UnpackAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));
        await RewriteAsync(folder, text: null);

        (await Verifying.VerifyAsync(folder)).ShouldBeAltered(8);

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody who may update events and does not know the sealer: an event that tells of a redaction, in place of another one.</summary>
    [Fact]
    public async Task and_covered_by_an_event_that_was_not_sealed_is_found_at_it()
    {
        var (shop, from, to) = await PeriodAsync();
        await ExecuteAsync(shop, "update events.mt_events set data = jsonb_set(data, '{note}', '\"[redacted]\"') where tenant_id = $1 and (headers ->> 'position')::bigint = 8");
        await ExecuteAsync(shop,
            """
            update events.mt_events set type = 'processdeployment.personal-data-redacted.v1',
                data = '{"position": 8, "leafHash": "00", "becomes": "00", "members": ["note"], "reason": "forged"}'
            where tenant_id = $1 and (headers ->> 'position')::bigint = 9
            """);

        (await Exports.VerifyAsync(await WrittenAsync(shop, from, to))).ShouldBeAltered(8);
    }

    private static async Task RewriteAsync(string folder, string? text)
    {
        var (file, manifest) = (Path.Combine(folder, "redactions.jsonl"), Path.Combine(folder, "manifest.json"));
        var json = JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!;
        if (text is null)
        {
            File.Delete(file);
            json["files"]!.AsObject().Remove("redactions.jsonl");
        }
        else
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            json["files"]!["redactions.jsonl"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        }

        await File.WriteAllTextAsync(manifest, json.ToJsonString(), TestContext.Current.CancellationToken);
    }

    /// <summary>Redacts position 8, and waits until that is sealed; where it is noted.</summary>
    private async Task<long> RedactedAsync(Shop shop, params string[] members)
    {
        var at = (await engine.RedactAsync(shop.Account, 8, members)).Redactions[0].NotedAt;
        await engine.SealedAsync(shop.Account, at);
        return at;
    }

    /// <summary>Written anew, whatever is kept.</summary>
    private async Task<byte[]> WrittenAsync(Shop shop, DateTimeOffset from, DateTimeOffset to)
    {
        var latest = await engine.Ledger().LatestAsync(shop.Account.Name, TestContext.Current.CancellationToken);
        var scope = await engine.Services.GetRequiredService<ExportScopes>().FindAsync(shop.Account.Name, from, to, latest!, TestContext.Current.CancellationToken);
        var written = new MemoryStream();
        await engine.Services.GetRequiredService<ExportWriter>().WriteAsync(scope, written, static _ => { }, TestContext.Current.CancellationToken);
        return written.ToArray();
    }

    private async Task ExecuteAsync(Shop shop, string sql)
    {
        await using var command = engine.Owner.CreateCommand(sql);
        command.Parameters.AddWithValue(shop.Account.Name);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    /// <summary>A period that is over and holds position 8 alone, a deployment with Jane Doe all over it; one event follows.</summary>
    private async Task<(Shop Shop, DateTimeOffset From, DateTimeOffset To)> PeriodAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        var from = await NowAsync();
        await shop.DoAsync(Shop.Deploy(shop.Orders, "as Jane Doe asked") with { Actor = "jane.doe@example.com", Reason = "Jane Doe wants it" });
        var to = await NowAsync();
        await shop.DoAsync(new RenameAtom { AtomId = shop.Backup, Name = "Backup of the backup" });
        await engine.SettledAsync(shop.Account, shop.Position);
        return (shop, from, to);
    }

    private async Task<DateTimeOffset> NowAsync()
    {
        await using var clock = engine.Owner.CreateCommand("select clock_timestamp()");
        return new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).AddMicroseconds(1);
    }
}
