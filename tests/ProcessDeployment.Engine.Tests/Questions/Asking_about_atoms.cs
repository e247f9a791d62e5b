using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_atoms(EngineFixture engine)
{
    [Fact]
    public async Task lists_them_by_name()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "ÄUßERE (Alpha)" }, new RenameAtom { AtomId = shop.Backup, Name = "Backup.1" });

        (await shop.AskAsync("/atoms")).Names().ShouldBe(["Backup.1", "Production", "ÄUßERE (Alpha)"]);
        (await shop.AskAsync("/atoms?text=äuß")).Names().ShouldBe(["ÄUßERE (Alpha)"]);
        (await shop.AskAsync("/atoms?text=(alpha)")).Names().ShouldBe(["ÄUßERE (Alpha)"]);
        (await shop.AskAsync("/atoms?text=p.1")).Names().ShouldBe(["Backup.1"]);
        (await shop.AskAsync("/atoms?text=k.p")).Names().ShouldBeEmpty();
        var first = await shop.AskAsync("/atoms?take=2");
        (await shop.AskAsync($"/atoms?take=2&cursor={first.Text("next")}")).Names().ShouldBe(["ÄUßERE (Alpha)"]);
    }

    [Fact, Covers("R25")]
    public async Task shows_one_with_what_is_attached_and_what_is_deployed()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Orders));

        var atom = await shop.AskAsync($"/atoms/{shop.Production}");

        (atom.Text("name"), atom.Text("hostName"), atom.Text("atomType"), atom.Text("timeZone"), atom.Text("registeredBy"), atom.Flag("deleted"))
            .ShouldBe(("Production", "prod-1", "ATOM", "Europe/Berlin", "kim@example.com", false));
        (atom.Number("attachedProcesses"), atom.Number("deployedProcesses")).ShouldBe((2, 1));
    }

    [Fact]
    public async Task keeps_a_deleted_one_out_of_the_list_but_not_out_of_reach()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new DeleteAtom { AtomId = shop.Production, Actor = "ana@example.com" });

        var atom = await shop.AskAsync($"/atoms/{shop.Production}");

        (atom.Flag("deleted"), atom.Text("deletedBy")).ShouldBe((true, "ana@example.com"));
        (await shop.AskAsync("/atoms")).Names().ShouldBe(["backup"]);
    }

    [Fact, Covers("R4", "R13", "R25", "#2")]
    public async Task lists_what_runs_there_as_the_contract_has_it()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Orders, "go-live"));
        var deployedAt = (await shop.AskAsync($"/processes/{shop.Orders}")).GetProperty("deployedAt").GetDateTimeOffset();
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Backup));

        var (production, backup) = (await shop.AskAsync($"/atoms/{shop.Production}/deployments"), await shop.AskAsync($"/atoms/{shop.Backup}/deployments"));

        var deployment = production.Items().ShouldHaveSingleItem();
        deployment.Members().ShouldBe(["processId", "name", "versionNumber", "since", "deployedBy", "note", "revisedSinceDeploy", "download"]);
        (deployment.Id("processId"), deployment.Text("name"), deployment.Number("versionNumber"), deployment.Text("deployedBy"), deployment.Text("note"), deployment.Flag("revisedSinceDeploy"))
            .ShouldBe((shop.Orders, "Orders", 1, "kim@example.com", "go-live", false));
        deployment.GetProperty("since").GetDateTimeOffset().ShouldBe(deployedAt);
        backup.Items().ShouldHaveSingleItem().GetProperty("since").GetDateTimeOffset().ShouldBeGreaterThan(deployedAt);
    }

    [Fact, Covers("R6", "#6")]
    public async Task filters_and_pages_what_runs_there()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Orders), Shop.Deploy(shop.Invoice), shop.SaveOrders("Orders 2"));

        var path = $"/atoms/{shop.Production}/deployments";
        (await shop.AskAsync($"{path}?revised=true")).Names().ShouldBe(["Orders 2"]);
        (await shop.AskAsync($"{path}?revised=false")).Names().ShouldBe(["invoice"]);
        (await shop.AskAsync($"{path}?text=ORD")).Names().ShouldBe(["Orders 2"]);
        var first = await shop.AskAsync($"{path}?take=1");
        (await shop.AskAsync($"{path}?take=1&cursor={first.Text("next")}")).Names().ShouldBe(["Orders 2"]);
        await shop.DoAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });
        (await shop.AskAsync(path)).Names().ShouldBe(["invoice"]);
    }
}
