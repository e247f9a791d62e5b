namespace ProcessDeployment.Browser.Tests.Faults;

public sealed class Typing_fast(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task loses_no_letter_of_a_note()
    {
        const string Text = "the quick brown fox jumps over the lazy dog, and so does everybody else who types faster than the engine answers";
        var process = await Company.ProcessAsync("Order Import");
        var deploy = new DeployPage(await ComeAsync());
        await deploy.OpenAsync(process, "deployments");
        await deploy.DeployButton.ClickAsync();

        await deploy.Confirmation.TypeAsync(Text);
        await deploy.Confirmation.Ok.ClickAsync();

        await Expect(deploy.Version(1)).ToContainTextAsync(Text);
    }
}
