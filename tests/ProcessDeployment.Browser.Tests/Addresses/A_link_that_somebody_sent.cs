namespace ProcessDeployment.Browser.Tests.Addresses;

public sealed class A_link_that_somebody_sent(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task shows_what_they_saw_with_their_filters()
    {
        var (settled, revised) = (await Company.ProcessAsync("Settled"), await Company.ProcessAsync("Moved"));
        await Company.DeployAsync(settled);
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await visitor.GoAsync($"/deploy/{settled.Id}/deployments?text={Company.Mark}&revised=true");

        await Expect(deploy.Find).ToHaveValueAsync(Company.Mark);
        await Expect(visitor.Page.GetByLabel("Revised only")).ToBeCheckedAsync();
        await Expect(deploy.Row(revised)).ToBeVisibleAsync();
        await Expect(deploy.Row(settled)).ToHaveCountAsync(0);
        await Expect(deploy.Tab("Deployments")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(deploy.Version(1)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task has_the_filters_and_the_tab_in_its_address()
    {
        var process = await Company.ProcessAsync("Order Import");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await visitor.Page.GetByLabel("Revised only").CheckAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("revised=true"));
        await deploy.ClickTabAsync("Deployments");
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/deploy/{process.Id}/deployments\\?text=.*{Company.Mark}&revised=true$"));
        await visitor.Page.GoBackAsync();

        await Expect(deploy.Tab("Attachments")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(deploy.Find).ToHaveValueAsync(process.Name);
    }

    [Theory]
    [InlineData("/deploy?environment=x&revised=perhaps")]
    [InlineData("/audit?process=abc")]
    [InlineData("/licences/free?count=1.5")]
    [InlineData("/audit/ledger?position=soon")]
    public async Task with_a_mistake_shows_the_page_without_it(string address)
    {
        var visitor = await ComeAsync();

        await visitor.GoAsync(address);

        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("This page failed")).ToHaveCountAsync(0);
    }
}
