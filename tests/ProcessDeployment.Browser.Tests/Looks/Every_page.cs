using Deque.AxeCore.Playwright;

namespace ProcessDeployment.Browser.Tests.Looks;

public sealed class Every_page(PagesFixture pages) : Visit(pages)
{
    private static readonly string[] Grave = ["serious", "critical"];

    public static TheoryData<string> Names => [.. PageList.All.Select(sight => sight.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task in_light_has_nothing_serious_against_it(string name) => JudgeAsync(name, "light");

    [Theory, MemberData(nameof(Names))]
    public async Task in_the_dark_has_nothing_serious_against_it_and_on_a_phone_need_not_be_pushed_sideways(string name)
    {
        var visitor = await JudgeAsync(name, "dark");

        await visitor.Page.SetViewportSizeAsync(Look.Phone.Width, Look.Phone.Height);
        await visitor.ShotAsync($"{name}-phone");
        (await visitor.SidewaysAsync()).ShouldBe(0);
    }

    private async Task<Visitor> JudgeAsync(string name, string theme)
    {
        var visitor = await SeeAsync(name, Look.Desk with { Theme = theme });
        (await visitor.Page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe(theme);

        await visitor.ShotAsync($"{name}-{theme}");
        (await visitor.SidewaysAsync()).ShouldBe(0);
        var found = await visitor.Page.RunAxe();
        found.Violations.Where(violation => Grave.Contains(violation.Impact))
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} ({violation.Impact}): {violation.Help}: {node.Html}"))
            .ShouldBeEmpty();
        return visitor;
    }

    private async Task<Visitor> SeeAsync(string name, Look look)
    {
        var visitor = await ComeAsync(look);
        await visitor.SeeAsync(PageList.All.Single(sight => sight.Name == name), await Pages.ExhibitionAsync());
        return visitor;
    }
}
