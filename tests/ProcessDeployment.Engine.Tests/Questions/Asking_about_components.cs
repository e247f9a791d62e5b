using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_components(EngineFixture engine)
{
    [Fact]
    public async Task shows_the_latest_revision_what_it_refers_to_and_what_refers_to_it()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveDatabase("Main database") with { Actor = "ana@example.com", SourceRevision = "git:abc" });

        var component = await shop.AskAsync($"/components/{shop.Database}");

        (component.Text("componentType"), component.Text("name"), component.Number("latestRevision"), component.Text("savedBy"), component.Text("sourceRevision"), component.Flag("deleted"))
            .ShouldBe(("connector-settings", "Main database", 2, "ana@example.com", "git:abc", false));
        component.GetProperty("connector").ToString().ShouldBe("""{"type":"database","class":"standard"}""");
        component.Items("revisions").Select(r => (r.Number("revision"), r.Text("name"), r.Text("savedBy"))).ShouldBe([(2, "Main database", "ana@example.com"), (1, "Shop database", "kim@example.com")]);
        component.Items("referencedBy").Select(r => (r.Id("componentId"), r.Text("name"), r.Text("componentType"), r.Text("kind")))
            .ShouldBe([(shop.Invoice, "invoice", "process", "dependent"), (shop.Orders, "Orders", "process", "dependent")]);
        component.Number("referencedByCount").ShouldBe(2);
        (await shop.AskAsync($"/components/{shop.Invoice}")).Items("references").Select(r => r.Id("componentId")).ShouldBe([shop.Map, shop.Database]);
    }

    [Fact]
    public async Task that_were_deleted_says_by_whom()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new DeleteComponent { ComponentId = shop.Map, Actor = "ana@example.com" });

        var component = await shop.AskAsync($"/components/{shop.Map}");

        (component.Flag("deleted"), component.Text("deletedBy"), component.Text("savedBy")).ShouldBe((true, "ana@example.com", "kim@example.com"));
        component.Items("revisions").Count.ShouldBe(1);
    }

    [Fact]
    public async Task by_id_answers_those_there_are_deleted_ones_too()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new DeleteComponent { ComponentId = shop.Map });

        var answer = await shop.AskAsync($"/components?id={shop.Map}&id={shop.Orders}&id={Guid.CreateVersion7()}&id={shop.Orders}");

        answer.Items().Select(c => (c.Id("componentId"), c.Number("latestRevision"), c.Flag("deleted"), c.Text("contentHash")!.Length))
            .ShouldBe([(shop.Map, 1, true, 64), (shop.Orders, 1, false, 64)]);
        answer.Items()[1].Items("references").Select(r => (r.Id("componentId"), r.Text("name"), r.Text("kind"))).ShouldBe([(shop.Invoice, "invoice", "dependent"), (shop.Database, "Shop database", "dependent")]);
    }

    [Theory]
    [InlineData("", "invoice,Invoice map,Orders,Shop database")]
    [InlineData("?type=process", "invoice,Orders")]
    [InlineData("?text=INV", "invoice,Invoice map")]
    [InlineData("?text=inv&type=transform.map", "Invoice map")]
    [InlineData("?folder=Shop", "Orders")]
    [InlineData("?take=2", "invoice,Invoice map")]
    public async Task lists_the_live_ones_by_name(string filters, string names)
    {
        var shop = await Shop.OpenAsync(engine);
        var deleted = Guid.CreateVersion7();
        await shop.DoAsync(new SaveComponent { ComponentId = deleted, ComponentType = "script", Name = "gone" }, new DeleteComponent { ComponentId = deleted });

        (await shop.AskAsync($"/components{filters}")).Names().ShouldBe(names.Split(','));
    }

    [Fact]
    public async Task with_a_cursor_goes_on_after_the_last()
    {
        var shop = await Shop.OpenAsync(engine);
        var first = await shop.AskAsync("/components?take=3");

        (await shop.AskAsync($"/components?take=3&cursor={first.Text("next")}")).Names().ShouldBe(["Shop database"]);
    }

    [Fact]
    public async Task pages_through_revisions_and_hands_out_their_content()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveMap("two"), new DeleteComponent { ComponentId = shop.Map }, new RestoreComponent { ComponentId = shop.Map }, shop.SaveMap("three"));

        var page = await shop.AskAsync($"/components/{shop.Map}/revisions?take=2");
        var rest = await shop.AskAsync($"/components/{shop.Map}/revisions?take=2&cursor={page.Text("next")}");
        using var content = await shop.Account.Http.GetAsync(new Uri($"/api/v1/components/{shop.Map}/revisions/2/content", UriKind.Relative), TestContext.Current.CancellationToken);

        page.Items().Concat(rest.Items()).Select(r => r.Number("revision")).ShouldBe([3, 2, 1]);
        (await content.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("two");
        content.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        content.Headers.GetValues("Position").ShouldBe([$"{shop.Position}"]);
        (await shop.Account.TryAskAsync($"/components/{shop.Map}/revisions/4/content")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact, Covers("#44")]
    public async Task says_which_processes_and_atoms_one_concerns()
    {
        var shop = await Shop.OpenAsync(engine);
        var loose = Guid.CreateVersion7();
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production, shop.Backup),
            Shop.Deploy(shop.Orders),
            shop.SaveMap("other"),
            // Orders no longer calls Invoice, so its next version would be without the map; Invoice was never deployed.
            shop.SaveOrders() with { References = [new(shop.Database, ReferenceKind.Dependent)] },
            new SaveComponent { ComponentId = loose, ComponentType = "process", Name = "Router", References = [new(shop.Invoice, ReferenceKind.Independent)] });

        var impact = await shop.AskAsync($"/components/{shop.Map}/impact");

        (impact.Id("componentId"), impact.Number("latestRevision")).ShouldBe((shop.Map, 2));
        impact.Items().Select(p => (p.Text("name"), p.Number("currentVersion"), p.Number("deployedRevision"), p.Flag("takenAtNextDeploy"), p.Flag("revisedSinceDeploy"), p.Items("atoms").Count))
            .ShouldBe([("invoice", null, null, true, true, 0), ("Orders", 1, 1, false, true, 2)]);
        impact.Items("atoms").Select(a => (a.Text("name"), a.Number("processes"))).ShouldBe([("backup", 1), ("Production", 1)]);
        impact.Names("referencedBy").ShouldBe(["invoice"]);
        var first = await shop.AskAsync($"/components/{shop.Map}/impact?take=1");
        (await shop.AskAsync($"/components/{shop.Map}/impact?take=1&cursor={first.Text("next")}")).Names().ShouldBe(["Orders"]);
    }

    [Fact]
    public async Task shows_when_what_a_component_concerns_runs_next()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Deploy(shop.Orders),
            new SetSchedules { ProcessId = shop.Orders, AtomId = shop.Backup, Schedules = [new() { Minutes = "0", Hours = "4", DaysOfMonth = "1", Months = "1", Years = "2045" }] });

        var impact = await shop.AskAsync($"/components/{shop.Map}/impact");

        impact.Items().Single(process => process.Text("name") == "Orders").Text("nextRun").ShouldBe("2045-01-01T04:00:00+00:00");
        impact.Items("atoms").Select(atom => atom.Text("nextRun")).ShouldBe(["2045-01-01T04:00:00+00:00", null]);
        (await shop.Account.AskAsync($"/components/{shop.Map}/impact?asOf={shop.Position}", shop.Position)).Items("atoms").ShouldAllBe(atom => atom.Text("nextRun") == null);
    }

    [Theory]
    [InlineData("/components/{0}")]
    [InlineData("/components/{0}/impact")]
    [InlineData("/components/{0}/revisions")]
    [InlineData("/components/{0}/revisions/1/content")]
    [InlineData("/components/{0}/diff")]
    [InlineData("/atoms/{0}")]
    [InlineData("/atoms/{0}/deployments")]
    [InlineData("/commands/{0}")]
    public async Task that_belong_to_another_account_is_answered_404(string path)
    {
        var (one, other) = (await Shop.OpenAsync(engine), await Shop.OpenAsync(engine));
        var id = path.StartsWith("/atoms", StringComparison.Ordinal) ? one.Production : one.Orders;
        var mine = path.StartsWith("/commands", StringComparison.Ordinal) ? (await one.Account.SendAsync(one.SaveMap("x"))).CommandId : id;

        (await other.Account.TryAskAsync(path.Replace("{0}", $"{mine}", StringComparison.Ordinal))).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
