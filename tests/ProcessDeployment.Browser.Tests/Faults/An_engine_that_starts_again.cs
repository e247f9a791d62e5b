namespace ProcessDeployment.Browser.Tests.Faults;

/// <summary>The engine ends while somebody types, and another takes its place: it knows nothing of the page that is open.</summary>
public sealed class An_engine_that_starts_again(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task finds_the_page_again_and_the_note_that_was_being_typed()
    {
        await using var engine = await Pages.StartAnotherAsync();
        var company = new Company(engine);
        var process = await company.ProcessAsync("Order Import");
        var visitor = await ComeAsync(by: engine.Url);
        visitor.ForgiveLostConnection();
        var deploy = new DeployPage(visitor);
        await deploy.OpenAsync(process, "deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.TypeAsync("A long thought");

        await engine.StopAsync();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await visitor.ShotAsync("gone");
        await engine.StartAsync();

        await Expect(deploy.Confirmation.Dialog).ToHaveCountAsync(0);
        await visitor.AliveAsync();
        await visitor.ShotAsync("again");
        await deploy.DeployButton.ClickAsync();
        await Expect(deploy.Confirmation.Note).ToHaveValueAsync("A long thought");
        await deploy.Confirmation.Ok.ClickAsync();
        await Expect(deploy.Version(1)).ToContainTextAsync("A long thought");
        (await company.VersionsAsync(process)).Count.ShouldBe(1);
    }
}
