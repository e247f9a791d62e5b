using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Redaction;

public sealed class Exporting_what_was_redacted(EngineFixture engine)
{
    [Fact]
    public async Task of_a_closed_period_is_pinned_to_a_checkpoint_that_covers_the_redaction_and_proven_by_both_verifiers()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var before = await shop.Account.ExportAsync(from, to);
        var old = await shop.Account.DownloadAsync(before);

        await engine.RedactedAsync(shop, "actor", "reason", "note");
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
    public async Task waits_until_lists_cannot_hold_it_any_more()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var at = await engine.Services.GetRequiredService<IOperationsLog>().RecordAsync(
            shop.Account.Name, Redacting.Owner, new PersonalDataRedacted { EventPosition = 8, LeafHash = "00", Becomes = "00", Fields = ["note"], Reason = Redacting.Why }, TestContext.Current.CancellationToken);
        await engine.SettledAsync(shop.Account, at);

        var (status, body) = await shop.Account.StartExportAsync($"from={from.UtcDateTime:O}&to={to.UtcDateTime:O}");

        (status, body.Text("code")).ShouldBe((HttpStatusCode.ServiceUnavailable, "redaction-under-way"));
        body.Text("detail")!.ShouldContain($"position {at}");
    }

    [Fact]
    public async Task is_explained_only_where_the_redaction_is_sealed()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var before = (await engine.Ledger().LatestAsync(shop.Account.Name, TestContext.Current.CancellationToken))!;
        await engine.RedactedAsync(shop, "note");
        var after = (await engine.Ledger().LatestAsync(shop.Account.Name, TestContext.Current.CancellationToken))!;
        var scopes = engine.Services.GetRequiredService<ExportScopes>();

        (await scopes.FindAsync(shop.Account.Name, from, to: null, before, TestContext.Current.CancellationToken)).IsExplained.ShouldBeFalse();
        (await scopes.FindAsync(shop.Account.Name, from, to: null, after, TestContext.Current.CancellationToken)).IsExplained.ShouldBeTrue();
    }

    /// <summary>Two actors that were redacted may be one person or two: to say either would accuse or excuse somebody.</summary>
    [Fact]
    public async Task does_not_say_whether_a_redacted_deployer_made_the_revisions()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "actor");

        foreach (var bundle in (byte[][])[await engine.WrittenAsync(shop, from, to), await engine.WrittenAsync(shop, from.AddYears(-1), to)])
        {
            Exports.FileIn(bundle, "deployments.csv").ShouldContain(",unknown,");
            Exports.FileIn(bundle, "exceptions.csv").ShouldContain("deployer-is-not-reviser,an actor was redacted: it cannot be told");
            (await Exports.VerifyAsync(bundle)).ShouldBeProven();
        }
    }

    [Fact]
    public async Task is_the_same_byte_for_byte_until_it_is_redacted_further_and_then_names_both()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");
        var first = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));
        await shop.DoAsync(shop.SaveOrders("Orders again"));
        await engine.SealedAsync(shop.Account, shop.Position);
        (await engine.WrittenAsync(shop, from, to)).ShouldBe(first);

        await engine.RedactedAsync(shop, "actor", "reason");

        var second = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));
        Exports.FileIn(second, "redactions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        var verdict = await Exports.VerifyAsync(second);
        verdict.ShouldBeProven();
        verdict.Said.ShouldContain("position 8: note, by");
        verdict.Said.ShouldContain("position 8: actor, reason, by");
        (await engine.WrittenAsync(shop, from, to)).ShouldBe(second);
    }

    [Fact]
    public async Task that_holds_the_redaction_as_well_needs_no_further_lines()
    {
        var (shop, _, _) = await engine.PeriodAsync();
        await engine.RedactedAsync(shop, "note");

        var bundle = await shop.Account.DownloadAsync(await shop.Account.ExportAsync());

        Exports.FileIn(bundle, "manifest.json").ShouldNotContain("redactions.jsonl");
        (await Exports.VerifyAsync(bundle)).ShouldBeProven();
    }

    [Fact]
    public async Task makes_bundles_of_before_go_also_those_that_another_node_keeps()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var before = await shop.Account.ExportAsync(from, to);
        var file = Path.Combine(engine.Services.GetRequiredService<LedgerFolder>().Path, "exports", shop.Account.Name, $"{before.Text("exportId")}.zip");
        var kept = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        await engine.RedactedAsync(shop, "note");
        File.Exists(file).ShouldBeFalse();
        await File.WriteAllBytesAsync(file, kept, TestContext.Current.CancellationToken);

        using var answer = await shop.Account.Http.GetAsync(new Uri(before.Text("bundle")!, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task has_another_tag_after_each_redaction_so_that_no_download_goes_on_with_other_bytes()
    {
        var (shop, from, to) = await engine.PeriodAsync();
        var at = await engine.RedactedAsync(shop, "note");
        var state = await shop.Account.ExportAsync(from, to);
        await shop.Account.DownloadAsync(state);

        using var answer = await shop.Account.Http.GetAsync(new Uri(state.Text("bundle")!, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.Headers.ETag!.Tag.ShouldBe($"\"{state.Text("exportId")}-{at}\"");
    }
}
