using System.Globalization;
using System.Net;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_the_past(EngineFixture engine)
{
    [Fact]
    public async Task shows_the_names_of_then()
    {
        var shop = await DeployedAsync();
        var then = shop.Position;
        await shop.DoAsync(shop.SaveOrders("Orders of today"), new RenameAtom { AtomId = shop.Production, Name = "Production of today" });

        var answer = await shop.Account.AsOf(then).AskAsync("/processes");

        answer.Names().ShouldBe(["invoice", "Orders"]);
        answer.Items()[1].Names("atoms").ShouldBe(["Production"]);
        (answer.GetProperty("position").GetInt64(), answer.GetProperty("asOfPosition").GetInt64()).ShouldBe((then, then));
    }

    [Fact]
    public async Task is_answered_by_time_as_by_position()
    {
        var shop = await DeployedAsync();
        await shop.AskAsync("/processes");
        var then = await shop.Account.ScalarAsync<DateTime>("select last_time from process_deployment.account where account_id = $1");
        await shop.DoAsync(shop.SaveOrders("Orders of today"));
        await shop.AskAsync("/processes");

        var byTime = await shop.Account.AsOf(then.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)).AskAsync("/processes");
        var now = await shop.Account.AsOf("2999-01-01").AskAsync("/processes");

        byTime.GetProperty("asOfPosition").GetInt64().ShouldBe(shop.Position - 1);
        byTime.Names().ShouldBe(["invoice", "Orders"]);
        now.GetProperty("asOfPosition").GetInt64().ShouldBe(shop.Position);
    }

    [Fact]
    public async Task by_time_tells_of_no_attempt_that_was_made_later()
    {
        var shop = await DeployedAsync();
        await shop.AskAsync("/processes");
        await using var clock = engine.Owner.CreateCommand("select clock_timestamp()");
        var then = (DateTime)(await clock.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        (await shop.Account.SendAsync(shop.SaveMap() with { ComponentType = "script" })).Refusal.ShouldNotBeNull();

        var before = await shop.Account.AsOf(then.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)).AskAsync("/audit?take=1");
        var today = await shop.Account.AsOf("9999-12-31").AskAsync("/audit?take=1");

        before.Items()[0].Text("outcome").ShouldBe("accepted");
        today.Items()[0].Text("outcome").ShouldBe("refused");
    }

    [Fact]
    public async Task says_whether_a_checkpoint_covers_it()
    {
        var shop = await DeployedAsync();

        var answer = await Eventually.BecomesAsync(() => shop.Account.AsOf(shop.Position).AskAsync("/processes"), answer => answer.Flag("sealed"));

        answer.Flag("sealed").ShouldBeTrue();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2000-01-01")]
    public async Task before_anything_happened_finds_nothing(string moment)
    {
        var shop = await DeployedAsync();

        var answer = await shop.Account.AsOf(moment).AskAsync("/processes?skip=0");
        var (status, _) = await shop.Account.AsOf(moment).TryAskAsync($"/processes/{shop.Orders}");

        answer.Items().ShouldBeEmpty();
        (answer.GetProperty("total").GetInt64(), answer.GetProperty("asOfPosition").GetInt64()).ShouldBe((0, 0));
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task waits_for_what_was_done_just_now()
    {
        var shop = await DeployedAsync();
        for (var revision = 2; revision < 8; revision++)
        {
            await shop.DoAsync(shop.SaveOrders($"Orders {revision}"));
            var answer = await shop.Account.AsOf(shop.Position).AskAsync($"/processes/{shop.Orders}");
            answer.Text("name").ShouldBe($"Orders {revision}");
        }
    }

    /// <summary>The auditor's question: what ran there, at which revisions, who put it there and why.</summary>
    [Fact]
    public async Task shows_what_ran_on_an_Atom_with_its_revisions_and_why_in_one_answer()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production),
            new DeployProcess { ProcessId = shop.Orders, Note = "go-live", Reason = "CHG-17", Actor = "ana@example.com" },
            shop.SaveMap("other"), Shop.Deploy(shop.Orders, "later"));

        var then = (await shop.Account.AsOf(shop.Position - 2).AskAsync($"/atoms/{shop.Production}/deployments?manifest=true")).Items().ShouldHaveSingleItem();

        (then.Number("versionNumber"), then.Text("deployedBy"), then.Text("note"), then.Text("reason"), then.Text("attachedBy"))
            .ShouldBe((1, "ana@example.com", "go-live", "CHG-17", "kim@example.com"));
        then.Items("manifest").Select(entry => $"{entry.Text("name")} {entry.Number("revision")}").ShouldBe(["Invoice map 1", "Orders 1", "Shop database 1", "invoice 1"], ignoreOrder: true);
        (await shop.AskAsync($"/atoms/{shop.Production}/deployments")).Items().ShouldHaveSingleItem().Members().ShouldNotContain("manifest");
    }

    [Fact]
    public async Task goes_on_page_by_page()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(shop.SaveOrders("A new name"));
        var past = shop.Account.AsOf(shop.Position - 1);

        var first = await past.AskAsync("/processes?take=1");
        var second = await past.AskAsync($"/processes?take=1&cursor={first.Text("next")}");
        var (member, rule) = await shop.Account.ProblemOfAsync($"/processes?take=1&cursor={first.Text("next")}");

        first.Names().Concat(second.Names()).ShouldBe(["invoice", "Orders"]);
        second.Text("next").ShouldBeNull();
        (member, rule).ShouldBe(("cursor", "must be the next of an answer to this question with these filters"));
    }

    [Fact]
    public async Task says_the_moment_in_headers_where_the_answer_is_no_JSON()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(shop.SaveMap("other"));
        var past = shop.Account.AsOf(shop.Position - 1);

        foreach (var path in new[] { "/licences/report", $"/components/{shop.Map}/revisions/1/content" })
        {
            using var response = await past.Http.GetAsync(past.Address(path), TestContext.Current.CancellationToken);
            response.Headers.GetValues("As-Of-Position").ShouldHaveSingleItem().ShouldBe($"{shop.Position - 1}");
            response.Headers.GetValues("Position").ShouldHaveSingleItem().ShouldBe($"{shop.Position - 1}");
        }

        (await past.TryAskAsync($"/components/{shop.Map}/revisions/2/content")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task that_cannot_contain_what_it_must_is_refused()
    {
        var shop = await DeployedAsync();

        (await shop.Account.ProblemOfAsync($"/processes?asOf=3&atLeast={shop.Position}")).ShouldBe(("asOf", "must not be before atLeast"));
    }

    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders));
        return shop;
    }
}
