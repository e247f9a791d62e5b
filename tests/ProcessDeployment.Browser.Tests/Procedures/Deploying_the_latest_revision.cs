namespace ProcessDeployment.Browser.Tests.Procedures;

/// <summary>"To Deploy a Process Version": the most recent revision as a new version.</summary>
public sealed class Deploying_the_latest_revision(PagesFixture pages) : Visit(pages)
{
    [Fact, Covers("R9", "R13", "R15")]
    public async Task with_a_note_shows_the_new_version_in_the_history_and_the_atoms_download_it()
    {
        var process = await Company.ProcessAsync("Order Import", await Company.ConnectionAsync("Order Database"));
        await Company.AttachAsync(process, await Company.AtomAsync("Production"));
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.IsBoldAsync(process);
        await deploy.ClickTabAsync("Deployments");
        await Expect(visitor.Page.GetByText("It was never deployed. The first deployment makes version 1.")).ToBeVisibleAsync();
        await visitor.ShotAsync("never-deployed");
        await deploy.DeployButton.ClickAsync();
        await Expect(deploy.Confirmation.Title).ToBeVisibleAsync();
        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("Connection audit");
        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("Takes 1 licence");
        await deploy.Confirmation.Note.FillAsync("First go-live");
        await visitor.ShotAsync("confirmation");
        await deploy.Confirmation.Ok.ClickAsync();

        await Expect(deploy.Version(1)).ToContainTextAsync("First go-live");
        await Expect(deploy.Version(1)).ToContainTextAsync("current");
        await Expect(deploy.Version(1)).ToContainTextAsync("waiting for the download");
        await Expect(deploy.Answer).ToContainTextAsync("Version 1 is deployed. Its Atoms download it when they hear of it.");
        await deploy.IsNotBoldAsync(process);
        await visitor.ShotAsync("deployed");
    }

    [Fact, Covers("R20", "R21")]
    public async Task turns_a_name_plain_that_was_bold_because_a_component_was_revised()
    {
        var process = await Company.ProcessAsync("Order Import");
        await Company.DeployAsync(process, "First go-live");
        await Company.SaveAsync(process);
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.IsBoldAsync(process);
        await Expect(deploy.Why).ToContainTextAsync($"{process.Name} was revised (revision 1 → 2), saved by {PagesFixture.Actor}");
        await visitor.ShotAsync("bold");
        await deploy.Why.GetByRole(AriaRole.Button, new() { Name = $"What changed in {process.Name}" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = $"What changed in {process.Name}" })).ToContainTextAsync("+  <step");
        await visitor.ShotAsync("what-changed");
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await deploy.ClickTabAsync("Deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.ConfirmAsync("New step");

        await deploy.IsNotBoldAsync(process);
        await Expect(deploy.Why).ToHaveCountAsync(0);
        await Expect(deploy.Version(2)).ToContainTextAsync("New step");
        await Expect(deploy.Version(1)).ToContainTextAsync("First go-live");
    }

    [Fact]
    public async Task is_listed_only_where_something_is_revised_when_asked_for_revised_only()
    {
        var (settled, revised) = (await Company.ProcessAsync("Settled"), await Company.ProcessAsync("Moved"));
        await Company.DeployAsync(settled);
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await visitor.GoAsync($"/deploy?text={Company.Mark}");
        await Expect(deploy.Found).ToHaveTextAsync("2 Processes found");
        await visitor.Page.GetByLabel("Revised only").CheckAsync();

        await Expect(deploy.Found).ToHaveTextAsync("1 Process found");
        await Expect(deploy.Row(settled)).ToHaveCountAsync(0);
        await deploy.IsBoldAsync(revised);
        await visitor.ShotAsync("revised-only");
    }
}
