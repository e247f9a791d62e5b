using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Listing_processes(EngineFixture engine)
{
    [Fact]
    public async Task shows_each_as_the_contract_has_it()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Deploy(shop.Orders), shop.SaveMap("other"));

        var answer = await shop.AskAsync("/processes");

        answer.Members().ShouldBe(["items", "next", "position"]);
        answer.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("position").GetInt64().ShouldBe(shop.Position);
        answer.Names().ShouldBe(["invoice", "Orders"]);
        var orders = answer.Items()[1];
        orders.Members().ShouldBe(["processId", "name", "folder", "latestRevision", "currentVersion", "deployedAt", "deployedBy", "atoms", "revisedSinceDeploy", "reasons"]);
        orders.Id("processId").ShouldBe(shop.Orders);
        orders.Text("folder").ShouldBe("Shop");
        orders.Number("latestRevision").ShouldBe(1);
        orders.Number("currentVersion").ShouldBe(1);
        orders.Text("deployedBy").ShouldBe("kim@example.com");
        orders.GetProperty("deployedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        orders.Items("atoms").Select(atom => (atom.Id("atomId"), atom.Text("name"))).ShouldBe([(shop.Production, "Production"), (shop.Backup, "backup")]);
        orders.Flag("revisedSinceDeploy").ShouldBeTrue();
        var reason = orders.Items("reasons").ShouldHaveSingleItem();
        reason.Members().ShouldBe(["code", "componentId", "name", "deployedRevision", "latestRevision", "by", "at"], ignoreOrder: true);
        (reason.Text("code"), reason.Id("componentId"), reason.Text("name"), reason.Number("deployedRevision"), reason.Number("latestRevision"), reason.Text("by"))
            .ShouldBe(("Revised", shop.Map, "Invoice map", 1, 2, "kim@example.com"));
    }

    [Fact]
    public async Task says_of_one_never_deployed_that_it_has_no_version()
    {
        var shop = await Shop.OpenAsync(engine);

        var invoice = (await shop.AskAsync("/processes?text=invo")).Items().ShouldHaveSingleItem();

        invoice.GetProperty("currentVersion").ValueKind.ShouldBe(JsonValueKind.Null);
        invoice.Members().ShouldNotContain("deployedAt");
        invoice.Items("reasons").ShouldHaveSingleItem().Text("code").ShouldBe("NeverDeployed");
    }

    [Theory]
    [InlineData("", "invoice,Orders,Ärger 100%,Zoll")]
    [InlineData("revised=true", "invoice,Ärger 100%,Zoll")]
    [InlineData("revised=false", "Orders")]
    [InlineData("folder=Shop", "Orders,Zoll")]
    [InlineData("folder=", "invoice,Ärger 100%")]
    [InlineData("folder=shop", "")]
    [InlineData("folder=Shop&revised=true", "Zoll")]
    [InlineData("text=O", "invoice,Orders,Zoll")]
    [InlineData("text=%C3%84RG", "Ärger 100%")]
    [InlineData("text=%25", "Ärger 100%")]
    [InlineData("text=_", "")]
    [InlineData("text=o&revised=false", "Orders")]
    [InlineData("text=o&folder=Shop&revised=true", "Zoll")]
    [InlineData("text=o&folder=Shop&revised=true&skip=0", "Zoll")]
    [InlineData("skip=2", "Ärger 100%,Zoll")]
    [InlineData("skip=1&take=1", "Orders")]
    public async Task takes_only_those_that_every_filter_lets_pass(string filters, string names)
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            shop.SaveOrders() with { ComponentId = Guid.CreateVersion7(), Name = "Zoll" },
            shop.SaveInvoice() with { ComponentId = Guid.CreateVersion7(), Name = "Ärger 100%" },
            Shop.Deploy(shop.Orders));

        var answer = await shop.AskAsync($"/processes?{filters}");

        // "ä" comes after all letters without marks, in any locale of any database.
        answer.Names().Order(StringComparer.Ordinal).ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        answer.Names().ShouldBe(answer.Names().OrderBy(name => name!.ToLowerInvariant(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task counts_all_of_them_for_whoever_scrolls()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        (await shop.AskAsync("/processes?skip=1&take=1")).GetProperty("total").GetInt64().ShouldBe(2);
        (await shop.AskAsync("/processes?skip=0&revised=true")).GetProperty("total").GetInt64().ShouldBe(1);
        (await shop.AskAsync("/processes?skip=0&text=zzz")).GetProperty("total").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task counts_again_when_something_happened()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.AskAsync("/processes?skip=0");
        (await shop.AskAsync("/processes?skip=1")).GetProperty("total").GetInt64().ShouldBe(2);

        await shop.DoAsync(new DeleteComponent { ComponentId = shop.Orders });

        (await shop.AskAsync("/processes?skip=0")).GetProperty("total").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task lets_whoever_scrolled_by_number_go_on_by_cursor()
    {
        var shop = await Shop.OpenAsync(engine);
        var scrolled = await shop.AskAsync("/processes?skip=0&take=1");

        (await shop.AskAsync($"/processes?take=1&cursor={scrolled.Text("next")}")).Names().ShouldBe(["Orders"]);
    }

    [Fact]
    public async Task leaves_deleted_ones_out_until_they_are_restored()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new DeleteComponent { ComponentId = shop.Orders });
        (await shop.AskAsync("/processes")).Names().ShouldBe(["invoice"]);

        await shop.DoAsync(new RestoreComponent { ComponentId = shop.Orders });

        (await shop.AskAsync("/processes")).Names().ShouldBe(["invoice", "Orders"]);
    }

    [Fact]
    public async Task with_a_cursor_walks_all_once_while_others_come_and_go()
    {
        var account = await engine.NewAccountAsync();
        var (ids, gone) = (Enumerable.Range(0, 23).Select(_ => Guid.CreateVersion7()).ToArray(), Guid.CreateVersion7());
        SaveComponent Save(Guid id, string name) => new() { ComponentId = id, ComponentType = ComponentTypes.Process, Name = name };
        var position = await account.DoAsync([.. ids.Select((id, i) => Save(id, string.Create(CultureInfo.InvariantCulture, $"Process {i / 3:00}"))), Save(gone, "Process 00")]);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var answer = await account.AskAsync($"/processes?take=5{(cursor is null ? "" : $"&cursor={cursor}")}", position);
            seen.AddRange(answer.Items().Select(item => item.Id("processId")));
            cursor = answer.Text("next");
            position = await account.DoAsync(Save(Guid.CreateVersion7(), "Aa, before all others"), Save(ids[seen.Count % 3], "Process 00"));
            if (seen.Count == 5) position = await account.DoAsync(new DeleteComponent { ComponentId = gone });
        }
        while (cursor is not null);

        // The first page was read before one of its items went.
        seen.ShouldBe([.. ids, gone], ignoreOrder: true);
    }

    [Fact]
    public async Task refuses_a_cursor_of_other_filters_or_another_question_or_of_nobody()
    {
        var shop = await Shop.OpenAsync(engine);
        var cursor = (await shop.AskAsync("/processes?take=1")).Text("next");

        foreach (var path in new[] { $"/processes?text=o&cursor={cursor}", $"/processes/{shop.Orders}/versions?cursor={cursor}", "/processes?cursor=AAAA", "/processes?cursor=%00", "/processes?cursor=" })
            (await shop.Account.ProblemOfAsync(path)).ShouldBe(("cursor", "must be the next of an answer to this question with these filters"));
        (await shop.AskAsync($"/processes?take=7&cursor={cursor}")).Names().ShouldBe(["Orders"]);
    }

    [Fact]
    public async Task never_shows_what_belongs_to_another_account()
    {
        var (one, other) = (await Shop.OpenAsync(engine), await Shop.OpenAsync(engine));

        (await one.AskAsync("/processes")).Items().Select(item => item.Id("processId")).ShouldBe([one.Invoice, one.Orders]);
        foreach (var path in new[] { "", "/attachments", "/versions", "/versions/1" })
            (await other.Account.TryAskAsync($"/processes/{one.Orders}{path}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
