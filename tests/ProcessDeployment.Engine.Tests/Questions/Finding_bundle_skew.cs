namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Finding_bundle_skew(EngineFixture engine)
{
    [Fact, Covers("R26")]
    public async Task names_each_revision_of_a_component_that_an_Atom_runs_and_who_holds_it()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), Shop.Attach(shop.Invoice, shop.Production, shop.Backup), Shop.Deploy(shop.Invoice));
        (await shop.AskAsync("/skew")).Items().ShouldBeEmpty();
        var before = shop.Position;

        await shop.DoAsync(shop.SaveMap("d\n"), Shop.Deploy(shop.Invoice));

        var skewed = (await shop.AskAsync($"/skew?atom={shop.Production}")).Items().ShouldHaveSingleItem();
        (skewed.Text("name"), skewed.Text("atomName"), skewed.Number("latestRevision")).ShouldBe(("Invoice map", "Production", 2));
        skewed.Items("revisions").Select(held => (held.Number("revision"), held.Items("processes").ShouldHaveSingleItem().Text("name"))).ShouldBe([(1, "Orders"), (2, "invoice")]);
        (await shop.AskAsync($"/skew?atom={shop.Backup}")).Items().ShouldBeEmpty();
        (await shop.AskAsync($"/skew?component={shop.Database}")).Items().ShouldBeEmpty();
        (await shop.Account.AskAsync($"/skew?asOf={before}")).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task pages_by_component_and_Atom()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Deploy(shop.Orders), Shop.Attach(shop.Invoice, shop.Production, shop.Backup),
            shop.SaveMap("d\n"), shop.SaveDatabase("Renamed"), Shop.Deploy(shop.Invoice));

        var (seen, next) = (new List<(string?, string?)>(), "");
        do
        {
            var page = await shop.AskAsync($"/skew?take=1{next}");
            seen.AddRange(page.Items().Select(item => (item.Text("name"), item.Text("atomName"))));
            next = page.Text("next") is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : "";
        }
        while (next.Length > 0);

        seen.Count.ShouldBe(4);
        seen.Distinct().Count().ShouldBe(4);
        seen.Select(item => item.Item1).ShouldBe(["Invoice map", "Invoice map", "Renamed", "Renamed"]);
    }
}
