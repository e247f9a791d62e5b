using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Comparing_revisions(EngineFixture engine)
{
    [Fact]
    public async Task says_what_the_latest_one_changed()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveMap("one\ntwo"), shop.SaveMap("one\nthree"));

        var diff = await shop.AskAsync($"/components/{shop.Map}/diff");

        (diff.Number("fromRevision"), diff.Number("toRevision"), diff.Flag("identical")).ShouldBe((2, 3, false));
        diff.Text("diff")!.Split('\n').ShouldContain("-two");
        diff.Text("diff")!.Split('\n').ShouldContain("+three");
        diff.Items("alsoChanged").ShouldBeEmpty();
    }

    [Fact]
    public async Task says_what_else_than_the_content_changed()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveOrders() with { Name = "All orders", Folder = "Store", References = [new(shop.Invoice, ReferenceKind.Dependent)] });

        var diff = await shop.AskAsync($"/components/{shop.Orders}/diff");

        (diff.Flag("identical"), diff.Text("fromName"), diff.Text("name")).ShouldBe((true, "Orders", "All orders"));
        diff.Items("alsoChanged").Select(member => member.GetString()).ShouldBe(["name", "folder", "references"]);
    }

    [Fact]
    public async Task compares_any_two_and_keeps_to_the_moment()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveMap("two"));
        var then = shop.Position;
        await shop.DoAsync(shop.SaveMap("three"));

        (await shop.AskAsync($"/components/{shop.Map}/diff?from=3&to=2")).Text("diff")!.Split('\n').ShouldContain("+two");
        (await shop.AskAsync($"/components/{shop.Map}/diff?from=2&to=2")).Flag("identical").ShouldBeTrue();
        (await shop.Account.AskAsync($"/components/{shop.Map}/diff?asOf={then}")).Number("toRevision").ShouldBe(2);
        (await shop.Account.TryAskAsync($"/components/{shop.Map}/diff?from=1&to=3&asOf={then}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await shop.Account.TryAskAsync($"/components/{shop.Map}/diff?from=9")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task takes_the_first_one_for_a_change_of_nothing()
    {
        var shop = await Shop.OpenAsync(engine);

        var diff = await shop.AskAsync($"/components/{shop.Invoice}/diff");

        (diff.TryGetProperty("fromRevision", out _), diff.Number("toRevision"), diff.Flag("identical")).ShouldBe((false, 1, false));
    }
}
