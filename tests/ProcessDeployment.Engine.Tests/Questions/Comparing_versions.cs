using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Comparing_versions(EngineFixture engine)
{
    [Fact, Covers("R16")]
    public async Task says_what_a_deploy_would_change_by_default()
    {
        var shop = await Shop.OpenAsync(engine);
        var script = Guid.CreateVersion7();
        await shop.DoAsync(
            Shop.Deploy(shop.Invoice),
            shop.SaveMap("a\nB\nc\n") with { Actor = "ana@example.com" },
            new SaveComponent { ComponentId = script, ComponentType = "script", Name = "a script" },
            shop.SaveInvoice() with { References = [new(shop.Map, ReferenceKind.Dependent), new(script, ReferenceKind.Dependent), new(shop.Orders, ReferenceKind.Independent)] });

        var diff = await shop.AskAsync($"/processes/{shop.Invoice}/diff");

        (diff.Text("from"), diff.Text("to"), diff.Number("unchanged")).ShouldBe(("1", "latest", 0));
        diff.Items("missing").ShouldBeEmpty();
        diff.Items("components").Select(c => (c.Text("name"), c.Text("change"), c.Number("fromRevision"), c.Number("toRevision"), c.Text("by"))).ShouldBe(
            [
                ("Invoice map", "changed", 1, 2, "ana@example.com"), ("Shop database", "removed", 1, null, null),
                ("a script", "added", null, 1, "kim@example.com"), ("invoice", "identical", 1, 2, "kim@example.com"),
            ]);
        diff.Items("components")[0].Text("diff").ShouldBe(
            """
            --- Invoice map (revision 1)
            +++ Invoice map (revision 2)
            @@ -1,3 +1,3 @@
             a
            -b
            +B
             c

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task lays_out_xml_that_was_written_in_one_line()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            shop.SaveOrders(content: "<process><step id=\"1\"/><step id=\"2\">a &amp; b</step><!--c--></process>"),
            Shop.Deploy(shop.Orders),
            shop.SaveOrders(content: "<process><step id=\"1\"/><step id=\"3\">a &amp; b</step><!--c--></process>"),
            Shop.Deploy(shop.Orders));

        var component = (await shop.AskAsync($"/processes/{shop.Orders}/diff?from=1&to=2")).Items("components").ShouldHaveSingleItem();

        component.Flag("formatted").ShouldBeTrue();
        component.Text("diff")!.Split('\n').Where(line => line is ['-' or '+', ' ', ..]).ShouldBe(["-  <step id=\"2\">a &amp; b</step>", "+  <step id=\"3\">a &amp; b</step>"]);
    }

    [Fact]
    public async Task says_when_only_the_layout_differs()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveOrders(content: "<a><b/></a>"), Shop.Deploy(shop.Orders), shop.SaveOrders(content: "<a>\n  <b/>\n</a>"));

        var component = (await shop.AskAsync($"/processes/{shop.Orders}/diff")).Items("components").ShouldHaveSingleItem();

        (component.Text("change"), component.Text("diff"), component.Text("diffLeftOut")).ShouldBe(("changed", null, "Only the layout differs."));
    }

    [Fact]
    public async Task leaves_out_what_is_too_large_and_says_so()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveMap("x"), Shop.Deploy(shop.Invoice), shop.SaveMap(new string('y', 300_000)));
        var bytes = (await shop.AskAsync($"/processes/{shop.Invoice}/diff?component={shop.Map}")).Items("components").ShouldHaveSingleItem();
        await shop.DoAsync(shop.SaveMap(string.Join('\n', Enumerable.Range(0, 6_000))));

        var lines = (await shop.AskAsync($"/processes/{shop.Invoice}/diff?component={shop.Map}")).Items("components").ShouldHaveSingleItem();

        (bytes.Text("diff"), bytes.Text("diffLeftOut")).ShouldBe((null, "A content is larger than 256 KB; fetch both and compare them."));
        (lines.Text("diff"), lines.Text("diffLeftOut")).ShouldBe((null, "A content has more than 5000 lines; fetch both and compare them."));
    }

    [Fact, Covers("#27")]
    public async Task names_what_stands_in_the_way_of_a_deploy()
    {
        var shop = await Shop.OpenAsync(engine);
        var neverSaved = Guid.CreateVersion7();
        await shop.DoAsync(
            Shop.Deploy(shop.Invoice),
            new DeleteComponent { ComponentId = shop.Map },
            shop.SaveInvoice() with { References = [new(shop.Map, ReferenceKind.Dependent), new(shop.Database, ReferenceKind.Dependent), new(neverSaved, ReferenceKind.Dependent)] });

        var diff = await shop.AskAsync($"/processes/{shop.Invoice}/diff?from=1&to=latest");

        diff.Items("missing").Select(m => (m.Id("componentId"), m.Text("name"))).ShouldBe([(shop.Map, "Invoice map"), (neverSaved, null)], ignoreOrder: true);
        diff.Items("components").Select(c => c.Text("name")).ShouldBe(["invoice"]);
        diff.Number("unchanged").ShouldBe(1);
    }

    [Fact]
    public async Task by_a_component_that_is_on_neither_side_shows_no_difference()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Invoice), shop.SaveMap("other"), Shop.Deploy(shop.Invoice));

        foreach (var sides in new[] { "", "&from=1&to=2", "&from=latest&to=1" })
        {
            var diff = await shop.AskAsync($"/processes/{shop.Invoice}/diff?component={shop.Orders}{sides}");
            (diff.Items("components").Count, diff.Items("missing").Count, diff.Number("unchanged")).ShouldBe((0, 0, 0));
        }

        var (_, none) = await shop.Account.TryAskAsync($"/processes/{shop.Invoice}/diff?component={shop.Orders}&from=1&to=3");
        none.Text("detail").ShouldBe($"Process {shop.Invoice} has no version 3.");
    }

    [Fact]
    public async Task works_backwards_too()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Invoice), shop.SaveMap("other"), Shop.Deploy(shop.Invoice));

        var diff = await shop.AskAsync($"/processes/{shop.Invoice}/diff?from=2&to=1");

        diff.Items("components").Select(c => (c.Text("change"), c.Number("fromRevision"), c.Number("toRevision"))).ShouldBe([("changed", 2, 1)]);
        (await shop.AskAsync($"/processes/{shop.Invoice}/diff?from=2&to=2")).Items("components").ShouldBeEmpty();
        (await shop.AskAsync($"/processes/{shop.Invoice}/diff?from=latest&to=1")).Items("components").Count.ShouldBe(1);
    }

    [Fact]
    public async Task that_are_not_there_is_answered_404_and_malformed_ones_400()
    {
        var shop = await Shop.OpenAsync(engine);
        (await shop.Account.TryAskAsync($"/processes/{shop.Invoice}/diff?atLeast={shop.Position}")).Body.Text("detail").ShouldBe($"Process {shop.Invoice} was never deployed.");
        await shop.DoAsync(Shop.Deploy(shop.Invoice));

        (await shop.Account.TryAskAsync($"/processes/{shop.Invoice}/diff?from=1&to=2&atLeast={shop.Position}")).Body.Text("detail").ShouldBe($"Process {shop.Invoice} has no version 2.");
        (await shop.Account.ProblemOfAsync($"/processes/{shop.Invoice}/diff?from=0")).ShouldBe(("from", "must be the number of a version or latest"));
    }
}
