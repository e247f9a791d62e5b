using System.Net;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Tests.Redaction;

namespace ProcessDeployment.Engine.Tests.Halting;

public sealed class Exporting_events_that_were_passed_over(PoisonedExports poisoned) : IClassFixture<PoisonedExports>
{
    private EngineFixture Engine { get; } = poisoned.Engine;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task is_proven_by_both_verifiers_which_name_them_wherever_the_marks_lie(bool whole)
    {
        var (shop, from, to, marks) = await poisoned.PeriodAsync();

        var bundle = await shop.Account.DownloadAsync(whole ? await shop.Account.ExportAsync() : await shop.Account.ExportAsync(from, to));

        Exports.PositionsIn(bundle).Contains(marks[0]).ShouldBe(whole);
        var verdict = await Exports.VerifyAsync(bundle);
        verdict.ShouldBeProven();
        foreach (var (position, type, mark) in new[] { (8, "invented", marks[0]), (9, "atom-registered", marks[1]), (10, "atom-renamed", marks[2]) })
            verdict.Said.ShouldContain($"position {position}: processdeployment.{type}.v1 could not be read and was passed over, marked by kim@example.com, as position {mark} says");
        Exports.FileIn(bundle, "changes.csv").ShouldContain("marked by kim@example.com: nobody needs it");
        using var folder = await ExportedFolder.OfAsync(bundle);
        (await Verifying.NodeAsync(folder.Path("")))?.Said.ShouldContain($"position 8: processdeployment.invented.v1 could not be read and was passed over, marked by kim@example.com, as position {marks[0]} says");
    }

    [Fact]
    public async Task that_are_deployments_leaves_nothing_to_follow_from_them()
    {
        var shop = await Shop.OpenAsync(Engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders, "first"));
        // A lenient program would take both for what they seem to be.
        var begin = await poisoned.PoisonAsync(shop, "version-deployed.v1", $$"""
            {"versionNumber": 2, "processId": "{{shop.Orders}}", "digest": "0", "note": 5, "manifest": [], "targets": []}
            """);
        await poisoned.PoisonAsync(shop, "version-deployed.v1", """{"versionNumber": "2", "manifest": null}""");
        await poisoned.PoisonAsync(shop, "revision-made.v1", $$"""{"componentId": 5, "name": "Misread", "revision": 2}""");
        await poisoned.PoisonAsync(shop, "version-deployed.v2", "[]");
        await poisoned.SkipAsync(shop, begin, begin + 1, begin + 2, begin + 3);
        await shop.DoAsync(shop.SaveOrders(content: "<process>2</process>"));
        var from = await Engine.NowAsync();
        await shop.DoAsync(Shop.Deploy(shop.Orders, "second"));
        await Engine.SealedAsync(shop.Account, shop.Position);

        var (all, part) = (await shop.Account.DownloadAsync(await shop.Account.ExportAsync()), await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from)));

        (await Exports.VerifyAsync(all)).ShouldBeProven();
        Exports.FileIn(all, "deployments.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        var verdict = await Exports.VerifyAsync(part);
        verdict.ShouldBeProven();
        verdict.Said.ShouldContain("not judged in deployments.csv: difference or revisers of 1 rows");
    }

    [Fact]
    public async Task is_refused_while_their_account_is_halted()
    {
        var shop = await Shop.OpenAsync(Engine);
        var from = await Engine.NowAsync();
        var position = await poisoned.PoisonAsync(shop, "invented.v1", "{}");
        await poisoned.HaltsAtAsync(shop, position);
        await Engine.SealedAsync(shop.Account, position);

        foreach (var query in (string[])["", $"to={from.UtcDateTime:O}"])
        {
            var (status, problem) = await shop.Account.StartExportAsync(query);

            (status, problem.Text("code")).ShouldBe((HttpStatusCode.ServiceUnavailable, "account-halted"));
            problem.Text("detail")!.ShouldContain($"halted at position {position}");
        }
    }

    [Fact]
    public async Task is_proven_when_who_marked_them_was_redacted()
    {
        var (shop, from, to, marks) = await poisoned.PeriodAsync();
        var before = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));
        var report = await Engine.RedactAsync(shop.Account, marks[0], "actor");
        await Engine.SettledAsync(shop.Account, report.Redactions.ShouldHaveSingleItem().NotedAt);

        foreach (var bundle in (byte[][])[before, await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)), await shop.Account.DownloadAsync(await shop.Account.ExportAsync())])
            (await Exports.VerifyAsync(bundle)).ShouldBeProven();

        using var altered = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));
        altered.Read("changes.csv").ShouldContain("marked by [redacted]: nobody needs it");
        altered.Replace("skipped.jsonl", "\"actor\":\"[redacted]\"", "\"actor\":\"somebody\"");
        altered.Replace("changes.csv", "marked by [redacted]:", "marked by somebody:");
        altered.Replace("changes.jsonl", "marked by [redacted]:", "marked by somebody:");
        (await altered.VerifyAsync()).ShouldBeAltered(marks[0]);
    }

    [Fact]
    public async Task is_found_at_the_first_of_them_when_its_mark_holds_what_another_program_would_pass_over()
    {
        var (shop, from, to, _) = await poisoned.PeriodAsync();
        foreach (var state in new[] { await shop.Account.ExportAsync(from, to), await shop.Account.ExportAsync() })
        {
            using var export = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(state));

            await export.EachIsFoundAtAsync("skipped.jsonl", 8);
        }
    }
}
