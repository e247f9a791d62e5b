using System.Text.Json;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Listing_versions(EngineFixture engine)
{
    private static readonly string[] Contract = ["versionNumber", "deployedAt", "deployedBy", "note", "redeployOf", "identicalTo", "current", "digest", "manifest", "targets"];
    private static readonly string[] Pinned = ["componentId", "componentType", "name", "revision"];

    [Fact, Covers("R11", "R13", "R15", "#18")]
    public async Task shows_each_as_the_contract_has_it_newest_first()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Invoice, shop.Production),
            Shop.Deploy(shop.Invoice, "first"),
            shop.SaveMap("other"),
            Shop.Deploy(shop.Invoice),
            new RedeployVersion { ProcessId = shop.Invoice, TargetVersion = 1 });

        var answer = await shop.AskAsync($"/processes/{shop.Invoice}/versions");

        answer.Items().Select(v => (v.Number("versionNumber"), v.Number("redeployOf"), v.Number("identicalTo"), v.Flag("current")))
            .ShouldBe([(3, 1, 1, true), (2, null, null, false), (1, null, null, false)]);
        var first = answer.Items()[2];
        Contract.ShouldBeSubsetOf(first.Members());
        first.GetProperty("redeployOf").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("identicalTo").ValueKind.ShouldBe(JsonValueKind.Null);
        first.Text("note").ShouldBe("first");
        first.Text("digest")!.Length.ShouldBe(64);
        first.Items("manifest").Select(m => m.Members()).ShouldAllBe(members => members.SequenceEqual(Pinned));
        first.Items("manifest").Select(m => (m.Id("componentId"), m.Text("componentType"), m.Text("name"), m.Number("revision"))).ShouldBe(
            [(shop.Invoice, "process", "invoice", 1), (shop.Database, "connector-settings", "Shop database", 1), (shop.Map, "transform.map", "Invoice map", 1)], ignoreOrder: true);
        var target = first.Items("targets").ShouldHaveSingleItem();
        target.GetProperty("environmentId").ValueKind.ShouldBe(JsonValueKind.Null);
        target.Items("atomIds").Select(id => id.GetGuid()).ShouldBe([shop.Production]);
    }

    [Fact, Covers("R16")]
    public async Task says_how_each_differs_from_the_one_before_across_pages()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Invoice), shop.SaveMap("other"), Shop.Deploy(shop.Invoice), shop.SaveInvoice() with { References = [] }, Shop.Deploy(shop.Invoice));

        var (page, changes) = (await shop.AskAsync($"/processes/{shop.Invoice}/versions?take=2"), new List<string>());
        changes.AddRange(page.Items().Select(v => v.GetProperty("changes").ToString()));
        page = await shop.AskAsync($"/processes/{shop.Invoice}/versions?take=2&cursor={page.Text("next")}");
        changes.AddRange(page.Items().Select(v => v.GetProperty("changes").ToString()));

        page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        changes.ShouldBe(["""{"added":0,"changed":1,"removed":2}""", """{"added":0,"changed":1,"removed":0}""", """{"added":3,"changed":0,"removed":0}"""]);
    }

    [Fact, Covers("#37")]
    public async Task keeps_the_names_of_their_time()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production),
            Shop.Deploy(shop.Orders),
            new RenameAtom { AtomId = shop.Production, Name = "Renamed" },
            shop.SaveOrders("Renamed"));

        var version = await shop.AskAsync($"/processes/{shop.Orders}/versions/1");

        version.Items("manifest").First(m => m.Id("componentId") == shop.Orders).Text("name").ShouldBe("Orders");
        version.Items("targets")[0].Names("atoms").ShouldBe(["Production"]);
        version.Names("atoms").ShouldBe(["Renamed"]);
        (await shop.AskAsync("/processes")).Names().ShouldBe(["invoice", "Renamed"]);
    }

    [Fact]
    public async Task shows_of_one_where_it_is_effective_and_the_audit_it_passed()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), Shop.Deploy(shop.Orders), Shop.Deploy(shop.Orders), Shop.Attach(shop.Orders, shop.Backup));

        var (first, second) = (await shop.AskAsync($"/processes/{shop.Orders}/versions/1"), await shop.AskAsync($"/processes/{shop.Orders}/versions/2"));

        first.Items("atoms").ShouldBeEmpty();
        second.Items("atoms").Select(atom => atom.Id("atomId")).ShouldBe([shop.Production, shop.Backup], ignoreOrder: true);
        second.Number("identicalTo").ShouldBe(1);
        second.GetProperty("changes").ToString().ShouldBe("""{"added":0,"changed":0,"removed":0}""");
        var audit = first.GetProperty("audit");
        audit.Text("mode").ShouldBe("strict");
        audit.Items("netNew").Select(pair => (pair.Id("componentId"), pair.Id("atomId"))).ShouldBe([(shop.Database, shop.Production)]);
        var pool = audit.Items("pools").ShouldHaveSingleItem();
        (pool.Text("class"), pool.Text("classification"), pool.Number("purchased"), pool.Number("usedAfter")).ShouldBe(("standard", "PROD", 5, 1));
    }

    [Fact]
    public async Task that_are_not_there_is_answered_404()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        var (status, body) = await shop.Account.TryAskAsync($"/processes/{shop.Orders}/versions/2?atLeast={shop.Position}");

        status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        body.Text("detail").ShouldBe($"Process {shop.Orders} has no version 2.");
        JsonValueKind.Array.ShouldBe((await shop.AskAsync($"/processes/{shop.Invoice}/versions")).GetProperty("items").ValueKind);
    }
}
