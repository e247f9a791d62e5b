using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Listing_environments(EngineFixture engine)
{
    private readonly Guid _dev = Guid.CreateVersion7();
    private readonly Guid _live = Guid.CreateVersion7();

    [Fact, Covers("R54")]
    public async Task shows_them_in_their_order()
    {
        var shop = await WithTwoAsync();

        var items = (await shop.AskAsync("/environments")).Items();

        items.Select(item => (item.Id("environmentId"), item.Text("name"), item.Text("classification"), item.GetProperty("order").GetInt32()))
            .ShouldBe([(_dev, "Dev", "TEST", 1), (_live, "Live", "PROD", 2)]);
    }

    [Fact]
    public async Task shows_them_as_they_are_and_as_they_were()
    {
        var shop = await WithTwoAsync();
        var before = shop.Position;
        await shop.DoAsync(
            new UpdateEnvironment { EnvironmentId = _dev, Name = "Trial", Order = 3 },
            new UpdateEnvironment { EnvironmentId = _dev, Order = 4 },
            new DeleteEnvironment { EnvironmentId = _live });

        var now = (await shop.AskAsync("/environments")).Items().ShouldHaveSingleItem();
        (now.Text("name"), now.GetProperty("order").GetInt32()).ShouldBe(("Trial", 4));
        (await shop.Account.AskAsync($"/environments?asOf={before}", before)).Items().Select(item => item.Text("name")).ShouldBe(["Dev", "Live"]);
    }

    [Fact]
    public async Task leaves_the_audit_trail_with_the_names_of_the_time()
    {
        var shop = await WithTwoAsync();
        await shop.DoAsync(new UpdateEnvironment { EnvironmentId = _dev, Name = "Trial" }, new DeleteEnvironment { EnvironmentId = _dev });

        var entries = (await shop.AskAsync("/audit?text=Trial")).Items();

        entries.Select(entry => (entry.Text("name"), entry.Text("summary"))).ShouldBe([("Trial", "deleted"), ("Trial", "updated: Trial at place 1")], ignoreOrder: true);
    }

    private async Task<Shop> WithTwoAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            new CreateEnvironment { EnvironmentId = _live, Name = "Live", Classification = Classification.Production, Order = 2 },
            new CreateEnvironment { EnvironmentId = _dev, Name = "Dev", Classification = Classification.Test, Order = 1 });
        return shop;
    }
}
