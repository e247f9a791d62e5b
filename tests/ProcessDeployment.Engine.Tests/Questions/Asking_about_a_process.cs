using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_a_process(EngineFixture engine)
{
    [Fact]
    public async Task shows_what_the_list_shows_and_what_it_is_made_of()
    {
        var shop = await Shop.OpenAsync(engine);
        var missing = Guid.CreateVersion7();
        await shop.DoAsync(
            Shop.Attach(shop.Orders, shop.Production),
            Shop.Deploy(shop.Orders, "go-live"),
            shop.SaveOrders() with { References = [new(shop.Invoice, ReferenceKind.Dependent), new(missing, ReferenceKind.Independent)] });

        var listed = (await shop.AskAsync("/processes?text=orders")).Items().ShouldHaveSingleItem();
        var process = await shop.AskAsync($"/processes/{shop.Orders}");

        foreach (var member in listed.Members()) process.GetProperty(member).ToString().ShouldBe(listed.GetProperty(member).ToString());
        process.Text("startStep").ShouldBe("schedule");
        process.Text("savedBy").ShouldBe("kim@example.com");
        process.Text("note").ShouldBe("go-live");
        process.Flag("deleted").ShouldBeFalse();
        process.Items("references").Select(r => (r.Id("componentId"), r.Text("kind"), r.Text("name"), r.Text("componentType"), r.Number("latestRevision"), r.Flag("deleted")))
            .ShouldBe([(shop.Invoice, "dependent", "invoice", "process", 1, false), (missing, "independent", null, null, null, false)]);
    }

    [Fact, Covers("R18")]
    public async Task that_was_deleted_says_so_and_keeps_its_versions()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Deploy(shop.Orders), new DeleteComponent { ComponentId = shop.Orders, Actor = "ana@example.com" });

        var process = await shop.AskAsync($"/processes/{shop.Orders}");

        process.Flag("deleted").ShouldBeTrue();
        process.Text("deletedBy").ShouldBe("ana@example.com");
        process.Number("currentVersion").ShouldBe(1);
        process.Flag("revisedSinceDeploy").ShouldBeTrue();
        process.Items("reasons").Select(reason => reason.Text("code")).ShouldBe(["ComponentDeleted"]);
        (await shop.AskAsync($"/processes/{shop.Orders}/versions")).Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task that_was_deleted_before_it_was_deployed_says_that_it_never_was()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new DeleteComponent { ComponentId = shop.Orders });

        var process = await shop.AskAsync($"/processes/{shop.Orders}");

        process.Items("reasons").ShouldHaveSingleItem().Text("code").ShouldBe("NeverDeployed");
    }

    [Fact, Covers("R1", "R5", "#1")]
    public async Task tells_the_atoms_it_is_attached_to_from_the_others()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));
        var before = await shop.AskAsync($"/processes/{shop.Orders}/attachments");
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        var answer = await shop.AskAsync($"/processes/{shop.Orders}/attachments");

        before.Items("attached").ShouldHaveSingleItem().GetProperty("versionNumber").ValueKind.ShouldBe(JsonValueKind.Null);
        var attached = answer.Items("attached").ShouldHaveSingleItem();
        (attached.Id("atomId"), attached.Text("name"), attached.Text("hostName"), attached.Text("atomType"), attached.Text("timeZone"), attached.Text("attachedBy"), attached.Number("versionNumber"))
            .ShouldBe((shop.Production, "Production", "prod-1", "ATOM", "Europe/Berlin", "kim@example.com", 1));
        attached.GetProperty("since").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        var other = answer.Items("unattached").ShouldHaveSingleItem();
        (other.Id("atomId"), other.Text("name"), other.Text("atomType")).ShouldBe((shop.Backup, "backup", "MOLECULE"));
    }

    [Fact, Covers("#14")]
    public async Task does_not_offer_a_deleted_atom()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production), new DeleteAtom { AtomId = shop.Production, Force = true });

        var answer = await shop.AskAsync($"/processes/{shop.Orders}/attachments");

        answer.Items("attached").ShouldBeEmpty();
        answer.Names("unattached").ShouldBe(["backup"]);
    }
}
