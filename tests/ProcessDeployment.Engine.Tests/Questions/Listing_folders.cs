using System.Text.Json;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Listing_folders(EngineFixture engine)
{
    private static readonly string[] Paths = ["Shop/Web", "Shop/Web", "Shop/Web/Returns", "Shopping", "shop"];

    [Fact]
    public async Task tells_how_many_processes_each_holds_and_how_many_of_them_are_bold()
    {
        var shop = await FoldersAsync();

        var answer = await shop.AskAsync("/folders");

        answer.GetProperty("position").GetInt64().ShouldBe(shop.Position);
        answer.Items().Select(item => (item.Text("folder"), item.Number("processes"), item.Number("revised")))
            .ShouldBe([("", 1, 1), ("Shop", 1, 0), ("Shop/Web", 2, 2), ("Shop/Web/Returns", 1, 1), ("Shopping", 1, 1), ("shop", 1, 1)]);
    }

    [Fact]
    public async Task shows_those_of_then()
    {
        var shop = await FoldersAsync();
        var then = shop.Position;
        await shop.DoAsync(Saved("later", "Later"));

        var answer = await shop.Account.AsOf(then).AskAsync("/folders");

        answer.Items().Select(item => item.Text("folder")).ShouldBe(["", "Shop", "Shop/Web", "Shop/Web/Returns", "Shopping", "shop"]);
        answer.Items()[2].Number("processes").ShouldBe(2);
        answer.Items()[2].GetProperty("revised").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task of_an_account_without_processes_is_empty()
    {
        var account = new TestAccount(engine, $"folders-{Guid.NewGuid():n}");

        (await account.AskAsync("/folders")).Items().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Shop", "Orders,Shop/Web 0,Shop/Web 1,Shop/Web/Returns 2")]
    [InlineData("Shop/Web", "Shop/Web 0,Shop/Web 1,Shop/Web/Returns 2")]
    [InlineData("Shop/W", "")]
    [InlineData("Shop%25", "")]
    public async Task finds_what_is_below_one(string folder, string names)
    {
        var shop = await FoldersAsync();
        var expected = names.Split(',', StringSplitOptions.RemoveEmptyEntries);

        (await shop.AskAsync($"/processes?below={folder}")).Names().ShouldBe(expected);
        (await shop.AskAsync($"/processes?skip=0&below={folder}")).GetProperty("total").GetInt64().ShouldBe(expected.Length);
        (await shop.Account.AsOf(shop.Position).AskAsync($"/processes?below={folder}")).Names().ShouldBe(expected);
    }

    private async Task<Shop> FoldersAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync([.. Paths.Select((folder, i) => Saved($"{folder} {i}", folder)), Shop.Deploy(shop.Orders)]);
        return shop;
    }

    private static SaveComponent Saved(string name, string folder) =>
        new() { ComponentId = Guid.CreateVersion7(), ComponentType = "process", Name = name, Folder = folder, Content = "<process/>" };
}
