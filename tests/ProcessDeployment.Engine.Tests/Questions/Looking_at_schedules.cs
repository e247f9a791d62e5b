using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Preview;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Looking_at_schedules(EngineFixture engine)
{
    /// <summary>Far away, so that nothing comes due while a test runs.</summary>
    private static readonly Schedule NewYear = new() { Minutes = "30", Hours = "6", DaysOfMonth = "1", Months = "1,7", Years = "2090-2092" };

    [Fact, Covers("R43", "R44", "#65")]
    public async Task shows_the_next_runs_in_both_zones()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(Set(shop, NewYear));

        var answer = await PairAsync(shop);

        (answer.Text("processName"), answer.Text("atomName"), answer.Flag("attached"), answer.Number("versionNumber")).ShouldBe(("Orders", "Production", true, 1));
        var schedules = answer.GetProperty("schedules");
        (schedules.Text("status"), schedules.Text("timeZone"), schedules.Text("setBy")).ShouldBe(("enabled", "Europe/Berlin", "kim@example.com"));
        schedules.Items("schedules").ShouldHaveSingleItem().Text("years").ShouldBe("2090-2092");
        schedules.Items("nextRuns").Select(run => (run.Text("dueAt"), run.Text("local"))).Take(2).ShouldBe([
            ("2090-01-01T05:30:00+00:00", "2090-01-01T06:30:00+01:00"), ("2090-07-01T04:30:00+00:00", "2090-07-01T06:30:00+02:00")]);
        schedules.Items("nextRuns").Count.ShouldBe(5);
    }

    [Fact, Covers("R43")]
    public async Task shows_an_empty_list_where_nobody_set_any()
    {
        var shop = await DeployedAsync();

        var schedules = (await PairAsync(shop)).GetProperty("schedules");

        (schedules.Items("schedules").Count, schedules.Text("status"), schedules.Text("timeZone"), schedules.Items("nextRuns").Count).ShouldBe((0, "enabled", "Europe/Berlin", 0));
    }

    [Fact, Covers("#9", "R45")]
    public async Task shows_what_was_and_why_they_rest()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(Set(shop, NewYear));
        var set = shop.Position;
        await shop.DoAsync(Set(shop, NewYear, NewYear with { Hours = "7" }), new StopSchedules { AtomId = shop.Production });
        var stopped = shop.Position;
        await shop.DoAsync(new ResumeSchedules { AtomId = shop.Production, ProcessId = shop.Orders }, new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });

        var now = await PairAsync(shop);

        (now.Flag("attached"), now.GetProperty("schedules").Text("status"), now.GetProperty("schedules").Text("suspendedFor"), now.GetProperty("schedules").Items("nextRuns").Count).ShouldBe((false, "suspended", "Detached", 0));
        (await ThenAsync(shop, set)).ShouldBe((1, "enabled"));
        (await ThenAsync(shop, stopped)).ShouldBe((2, "stopped"));
        (await engine.ProveAsync(shop.Account)).Lines().ShouldBeEmpty();
    }

    [Fact, Covers("R46", "#34")]
    public async Task a_preview_shows_what_a_deploy_would_suspend()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(Set(shop, NewYear), shop.SaveOrders() with { StartStep = StartStep.Listener });

        var preview = await shop.Account.PreviewAsync(Shop.Deploy(shop.Orders));

        preview.Items("suspended").Select(suspended => (suspended.Text("kind"), suspended.Text("description"), suspended.Text("reason")))
            .ShouldBe([("schedule", "minutes 30 hours 6 days of month 1 months 1,7 years 2090-2092", "StartStepChanged")]);
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        (await PairAsync(shop)).GetProperty("schedules").Text("suspendedFor").ShouldBe("StartStepChanged");
        (await engine.ProveAsync(shop.Account)).Lines().ShouldBeEmpty();
    }

    [Fact]
    public async Task of_what_nobody_knows_says_so()
    {
        var shop = await DeployedAsync();
        (await shop.Account.TryAskAsync($"/processes/{shop.Production}/atoms/{shop.Production}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await shop.Account.TryAskAsync($"/processes/{shop.Orders}/atoms/{shop.Orders}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        await shop.AskAsync("/atoms");
        return shop;
    }

    private static SetSchedules Set(Shop shop, params Schedule[] schedules) => new() { ProcessId = shop.Orders, AtomId = shop.Production, Schedules = schedules };

    private static Task<System.Text.Json.JsonElement> PairAsync(Shop shop) => shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}");

    private static async Task<(int Count, string? Status)> ThenAsync(Shop shop, long position)
    {
        var schedules = (await shop.Account.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}?asOf={position}", position)).GetProperty("schedules");
        return (schedules.Items("schedules").Count, schedules.Text("status"));
    }
}
