using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Reading_the_audit_trail(EngineFixture engine)
{
    private static IEnumerable<string> Texts(JsonElement answer) => answer.Items().Select(e => $"{e.GetProperty("position")} {e.Text("name")}: {e.Text("summary")}");

    [Fact, Covers("#23")]
    public async Task shows_what_happened_and_what_was_attempted_newest_first()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production) with { Reason = "go-live" }, new SetLicences { Class = ConnectorClass.Standard, Production = 0 });
        var left = await shop.Account.SendAsync(Shop.Deploy(shop.Orders));
        var none = await shop.Account.SendAsync(shop.SaveMap() with { ComponentType = "script", Actor = "ana@example.com" });

        var answer = await shop.Account.AskAsync("/audit?take=4", left.Position);

        answer.Items().Select(e => (e.GetProperty("position").GetInt64(), e.Text("type"), e.Text("outcome"), e.Text("actor"))).ShouldBe(
            [
                (10, "processdeployment.save-component.v1", "refused", "ana@example.com"),
                (10, "processdeployment.deployment-refused.v1", "refused", "kim@example.com"),
                (9, "processdeployment.licences-purchased.v1", "accepted", "kim@example.com"),
                (8, "processdeployment.atom-attached.v1", "accepted", "kim@example.com"),
            ]);
        var (attempt, attached) = (answer.Items()[0], answer.Items()[3]);
        (attempt.Text("refusalCode"), attempt.Text("name"), attempt.Id("commandId"), attempt.Text("summary")).ShouldBe((none.Refusal!.Code, "Invoice map", none.CommandId, none.Refusal.Message));
        (attached.Text("name"), attached.Text("summary"), attached.Text("reason"), attached.Text("channel"), attached.Text("source"), attached.Text("stream"), attached.Id("componentId"))
            .ShouldBe(("Orders", "attached to Production", "go-live", "http", "//tests", $"component/{shop.Orders}", shop.Orders));
        attached.Text("causationId").ShouldBe(attached.Text("commandId"));
        attached.Text("correlationId").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task of_an_account_in_which_nothing_happened_yet_shows_the_attempts()
    {
        var account = await engine.NewAccountAsync();
        var refused = await account.SendAsync(new RenameAtom { AtomId = Guid.CreateVersion7(), Name = "Main" });

        var entry = (await account.AskAsync("/audit")).Items().ShouldHaveSingleItem();

        (entry.Id("commandId"), entry.Text("refusalCode"), entry.GetProperty("position").GetInt64()).ShouldBe((refused.CommandId, RefusalCodes.UnknownAtom, 0));
    }

    [Fact, Covers("R58")]
    public async Task with_each_filter_shows_only_what_fits()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production),
            Shop.Deploy(shop.Orders, "Größe 100%") with { Actor = "ana@example.com" },
            new RenameAtom { AtomId = shop.Production, Name = "Main" });
        (await shop.Account.SendAsync(Shop.Deploy(Guid.CreateVersion7()))).Status.ShouldBe(OutcomeStatus.Refused);
        (await shop.Account.SendAsync(shop.SaveOrders() with { ComponentType = "script", Actor = "ana@example.com" })).Status.ShouldBe(OutcomeStatus.Refused);

        async Task<IEnumerable<string?>> Types(string filters) => (await shop.AskAsync($"/audit?{filters}")).Items().Select(e => e.Text("type")!.Split('.')[1]);
        (await Types($"process={shop.Orders}")).ShouldBe(["save-component", "version-deployed", "atom-attached", "revision-made"]);
        (await Types($"component={shop.Database}")).ShouldBe(["revision-made"]);
        (await Types($"component={shop.Orders}&process={shop.Invoice}")).ShouldBeEmpty();
        (await Types($"atom={shop.Production}")).ShouldBe(["atom-renamed", "version-deployed", "atom-attached", "atom-registered"]);
        (await Types("actor=ana@example.com")).ShouldBe(["save-component", "version-deployed"]);
        (await Types("type=version-deployed")).ShouldBe(["version-deployed"]);
        (await Types("type=processdeployment.deploy-process.v1")).ShouldBe(["deploy-process"]);
        (await Types("type=nothing")).ShouldBeEmpty();
        (await Types("text=GR%C3%B6sse")).ShouldBeEmpty();
        (await Types("text=gRÖßE%20100%25")).ShouldBe(["version-deployed"]);
        (await Types($"atom={shop.Production}&actor=ana@example.com&type=version-deployed&text=orders")).ShouldBe(["version-deployed"]);
    }

    [Fact]
    public async Task of_a_period_begins_at_its_start_and_ends_before_its_end()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.Account.SendAsync(Shop.Deploy(Guid.CreateVersion7()));
        var all = (await shop.AskAsync("/audit")).Items();
        string At(int index) => Uri.EscapeDataString(all[index].GetProperty("time").GetString()!);

        var (from, to) = (await shop.AskAsync($"/audit?from={At(3)}"), await shop.AskAsync($"/audit?to={At(3)}"));

        from.Items().Select(e => e.ToString()).ShouldBe(all.Take(4).Select(e => e.ToString()));
        to.Items().Select(e => e.ToString()).ShouldBe(all.Skip(4).Select(e => e.ToString()));
        (await shop.AskAsync("/audit?from=2999-01-01")).Items().ShouldBeEmpty();
        (await shop.AskAsync("/audit?to=2001-01-01T00:00:00Z")).Items().ShouldBeEmpty();
        (await shop.AskAsync("/audit?from=2001-01-01T00:00:00%2B02:00&to=2999-01-01")).Items().Count.ShouldBe(all.Count);
    }

    [Fact]
    public async Task with_a_cursor_walks_events_and_attempts_once()
    {
        var shop = await Shop.OpenAsync(engine);
        for (var i = 0; i < 3; i++) await shop.Account.SendAsync(Shop.Deploy(Guid.CreateVersion7()));
        await shop.DoAsync(shop.SaveMap("x"));
        for (var i = 0; i < 2; i++) await shop.Account.SendAsync(Shop.Deploy(Guid.CreateVersion7()));

        foreach (var take in new[] { 1, 2, 3, 5 })
        {
            // What comes while walking lies before the page that is looked at.
            var all = (await shop.AskAsync("/audit?take=500")).Items().Select(e => e.ToString()).ToList();
            var (seen, cursor) = (new List<string>(), (string?)null);
            do
            {
                var page = await shop.AskAsync(string.Create(CultureInfo.InvariantCulture, $"/audit?take={take}{(cursor is null ? "" : $"&cursor={cursor}")}"));
                seen.AddRange(page.Items().Select(e => e.ToString()));
                cursor = page.Text("next");
                await shop.DoAsync(shop.SaveMap(Guid.NewGuid().ToString()));
            }
            while (cursor is not null);

            seen.ShouldBe(all, $"by {take}");
        }
    }

    [Theory]
    [InlineData("/audit?from=yesterday", "from")]
    [InlineData("/audit?from=2026-11-23T06:00:00", "from")]
    [InlineData("/audit?from=2026-11-23T06:00:00+02:00", "from")]
    [InlineData("/audit?to=2026-13-01", "to")]
    [InlineData("/audit?from=2026-11-23&to=2026-11-22", "to")]
    [InlineData("/audit?process=1", "process")]
    [InlineData("/audit?atom=", "atom")]
    [InlineData("/audit?skip=1", "skip")]
    public async Task with_a_malformed_filter_is_answered_with_it(string path, string member)
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync(path)).Member.ShouldBe(member);
    }

    [Fact]
    public async Task of_one_process_shows_the_events_themselves()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders, "go-live"), shop.SaveMap("x"), new DeleteComponent { ComponentId = shop.Orders });

        var history = await shop.AskAsync($"/processes/{shop.Orders}/history?take=2");
        var rest = await shop.AskAsync($"/processes/{shop.Orders}/history?take=2&cursor={history.Text("next")}");

        Texts(history).ShouldBe(["10 Orders: deleted at revision 1", "8 Orders: version 1 deployed nowhere yet: go-live"]);
        Texts(rest).ShouldBe(["4 Orders: created as revision 1"]);
        var deployed = history.Items()[1].GetProperty("data");
        (deployed.Number("versionNumber"), deployed.Text("note"), deployed.Items("manifest").Count).ShouldBe((1, "go-live", 4));
    }
}
