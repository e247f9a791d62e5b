using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Export;

public sealed class Exporting_a_period(EngineFixture engine)
{
    [Fact]
    public async Task holds_every_event_of_it_and_the_neighbours_that_prove_it()
    {
        var (shop, from, to) = await PeriodAsync(Attach, Detach);

        var state = await shop.Account.ExportAsync(from, to);
        var bundle = await shop.Account.DownloadAsync(state);

        (state.GetProperty("first").GetInt64(), state.GetProperty("last").GetInt64(), state.GetProperty("closed").GetBoolean()).ShouldBe((8, 9, true));
        ShouldHold(bundle, [7, 8, 9], after: 10);
        Exports.FileIn(bundle, "changes.csv").Split("\r\n").Length.ShouldBe(4, "a header, two changes and the end");
        Exports.FileIn(bundle, "changes.jsonl").ShouldContain("detached from Production");
    }

    [Fact]
    public async Task is_proven_by_both_verifiers_and_carries_them()
    {
        var (shop, from, to) = await PeriodAsync(Attach, Detach);

        var bundle = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));

        (await Exports.VerifyAsync(bundle)).ShouldBeProven();
        foreach (var name in (string[])["how-to.md", "ledger.md", "verifier/Program.cs", "verifier/ProcessDeployment.Verifier.csproj", "verifier-node/verify.mjs"])
            Exports.FileIn(bundle, name).ShouldNotBeEmpty(name);
    }

    [Fact]
    public async Task in_which_nothing_happened_shows_what_was_before_and_after()
    {
        var (shop, from, to) = await PeriodAsync();

        var state = await shop.Account.ExportAsync(from, to);
        var bundle = await shop.Account.DownloadAsync(state);

        (state.GetProperty("first").GetInt64(), state.GetProperty("last").GetInt64()).ShouldBe((8, 7));
        ShouldHold(bundle, [7], after: 8);
    }

    [Fact]
    public async Task that_is_over_is_the_same_byte_for_byte_when_it_is_written_again()
    {
        var (shop, from, to) = await PeriodAsync(Attach);
        var first = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));

        await shop.DoAsync(shop.SaveOrders("Orders again"));
        await engine.SealedAsync(shop.Account, shop.Position);
        var latest = await engine.Ledger().LatestAsync(shop.Account.Name, TestContext.Current.CancellationToken);
        var scope = await engine.Services.GetRequiredService<ExportScopes>().FindAsync(shop.Account.Name, from, to, latest!, TestContext.Current.CancellationToken);
        var again = new MemoryStream();
        await engine.Services.GetRequiredService<ExportWriter>().WriteAsync(scope, again, static _ => { }, TestContext.Current.CancellationToken);

        again.ToArray().ShouldBe(first);
    }

    [Fact]
    public async Task lists_the_deployments_with_what_they_changed_and_each_exception_to_the_rules()
    {
        var (shop, from, to) = await PeriodAsync(
            Attach,
            s => Shop.Deploy(s.Orders) with { Actor = "ops@example.com", Note = "go-live" },
            s => s.SaveOrders(content: "<process>2</process>"),
            s => Shop.Deploy(s.Orders));

        var bundle = await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to));

        var deployments = Exports.FileIn(bundle, "deployments.csv").Split("\r\n");
        deployments[1].ShouldContain(",ops@example.com,");
        deployments[1].ShouldContain("+Orders 1");
        deployments[1].ShouldContain(",accepted,yes,yes,kim@example.com");
        deployments[2].ShouldContain(",Orders 1>2,");
        deployments[2].ShouldContain(",accepted,no,no,kim@example.com");
        var exceptions = Exports.FileIn(bundle, "exceptions.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        exceptions.Skip(1).Select(line => line.Split(',')[6]).ShouldBe(["deployer-is-not-reviser", "reason-given"]);
        exceptions[1].ShouldContain("kim@example.com also made a revision that came in with it");
    }

    [Fact]
    public async Task is_noted_in_the_history_and_so_is_each_reading_of_it()
    {
        var (shop, from, to) = await PeriodAsync(Attach);
        var state = await shop.Account.ExportAsync(from, to);

        await shop.Account.ExportAsync(from, to);
        await shop.Account.DownloadAsync(state);

        (await shop.Account.ScalarAsync<string>("select string_agg(type, ' ' order by seq_id) from events.mt_events where tenant_id = $1 and stream_id = 'operations'"))
            .ShouldBe("processdeployment.export-made.v1 processdeployment.export-read.v1");
    }

    [Fact]
    public async Task that_could_not_be_written_says_why_and_is_written_when_that_is_over()
    {
        var (shop, from, to) = await PeriodAsync(Attach);
        var inTheWay = Path.Combine(engine.Services.GetRequiredService<LedgerFolder>().Path, "exports", shop.Account.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(inTheWay)!);
        await File.WriteAllTextAsync(inTheWay, "a file where a folder should be", TestContext.Current.CancellationToken);

        // Whoever starts it again has it tried again; looking at it shows how it ended.
        var (_, started) = await Eventually.BecomesAsync(
            () => shop.Account.StartExportAsync($"from={from.UtcDateTime:O}&to={to.UtcDateTime:O}"), answer => answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests));
        var (_, failed) = await Eventually.BecomesAsync(() => shop.Account.TryAskAsync($"/audit/export/{started.Text("exportId")}"), answer => answer.Body.Text("state") == "failed");
        failed.Text("failure")!.ShouldContain(shop.Account.Name);

        File.Delete(inTheWay);
        (await shop.Account.ExportAsync(from, to)).Text("state").ShouldBe("done");
    }

    [Fact]
    public async Task can_be_downloaded_in_parts()
    {
        var (shop, from, to) = await PeriodAsync(Attach);
        var state = await shop.Account.ExportAsync(from, to);
        var whole = await shop.Account.DownloadAsync(state);

        using var request = new HttpRequestMessage(HttpMethod.Get, state.Text("bundle")) { Headers = { Range = new RangeHeaderValue(100, null), IfRange = new($"\"{state.Text("exportId")}\"") } };
        using var rest = await shop.Account.Http.SendAsync(request, TestContext.Current.CancellationToken);

        rest.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await rest.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(whole[100..]);
    }

    [Fact]
    public async Task is_for_its_account_only()
    {
        var (shop, from, to) = await PeriodAsync(Attach);
        var state = await shop.Account.ExportAsync(from, to);
        var other = await engine.NewAccountAsync();

        using var answer = await other.Http.GetAsync(new Uri(state.Text("bundle")!, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-11-02&to=2026-11-01", "to")]
    [InlineData("until=2026-11-01", "until")]
    public async Task that_is_none_names_the_member(string query, string member)
    {
        var account = await engine.NewAccountAsync();

        var (status, problem) = await account.StartExportAsync(query);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors")[0].Text("member").ShouldBe(member);
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("..%2F..%2Fsecret")]
    public async Task that_nobody_asked_for_is_unknown(string id)
    {
        var account = await engine.NewAccountAsync();
        using var answer = await account.Http.GetAsync(new Uri($"/api/v1/audit/export/{id}/bundle", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task of_an_account_without_events_says_that_nothing_is_sealed()
    {
        var account = await engine.NewAccountAsync();

        var (status, problem) = await account.StartExportAsync("");

        (status, problem.Text("code")).ShouldBe((HttpStatusCode.ServiceUnavailable, "not-sealed"));
    }

    /// <summary>The event after the period; or a checkpoint was made between the two, and says itself that there was none yet.</summary>
    private static void ShouldHold(byte[] bundle, long[] positions, long after)
    {
        var sealedTo = JsonElement.Parse(Exports.FileIn(bundle, "manifest.json")).GetProperty("size").GetInt64();
        Exports.PositionsIn(bundle).ShouldBe(sealedTo >= after ? [.. positions, after] : positions);
    }

    private static Command Attach(Shop shop) => Shop.Attach(shop.Orders, shop.Production);

    private static Command Detach(Shop shop) => new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] };

    /// <summary>A period that is over: seven events before it, the given commands in it, one after it, all sealed.</summary>
    private async Task<(Shop Shop, DateTimeOffset From, DateTimeOffset To)> PeriodAsync(params Func<Shop, Command>[] commands)
    {
        var shop = await Shop.OpenAsync(engine);
        var from = await engine.NowAsync();
        await shop.DoAsync([.. commands.Select(command => command(shop))]);
        var to = await engine.NowAsync();
        await shop.DoAsync(new RenameAtom { AtomId = shop.Backup, Name = "Backup of the backup" });
        await engine.SealedAsync(shop.Account, shop.Position);
        return (shop, from, to);
    }
}
