namespace ProcessDeployment.Browser.Tests.Procedures;

/// <summary>"To Deploy a Process Version": an earlier version by its gear icon.</summary>
public sealed class Redeploying_an_earlier_version(PagesFixture pages) : Visit(pages)
{
    [Fact, Covers("R11", "R12")]
    public async Task by_its_gear_makes_the_next_version_of_it()
    {
        var (visitor, deploy, process) = await TwoVersionsAsync();

        await deploy.Gear(1).ClickAsync();
        await visitor.ShotAsync("gear");
        await visitor.Page.Locator(".pd-actions:popover-open").GetByRole(AriaRole.Button, new() { Name = "Re-deploy this Version" }).ClickAsync();
        await Expect(deploy.Confirmation.Title).ToBeVisibleAsync();
        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync($"Deploy version 1 of {process.Name} as the next version. Current is version 2.");
        await visitor.ShotAsync("confirmation");
        await deploy.Confirmation.ConfirmAsync("The new step fails");

        await Expect(deploy.Version(3)).ToContainTextAsync("The new step fails");
        await Expect(deploy.Version(3)).ToContainTextAsync("re-deployment of version 1");
        await Expect(deploy.Version(3)).ToContainTextAsync("current");
        await Expect(deploy.Version(2).Locator(".pd-mark")).ToHaveCountAsync(0);
        await Expect(deploy.Why).ToContainTextAsync("was deployed again");
        await deploy.IsBoldAsync(process);
        await visitor.ShotAsync("redeployed");
    }

    [Fact]
    public async Task can_be_rehearsed_and_then_done()
    {
        var (visitor, deploy, _) = await TwoVersionsAsync();

        await deploy.ClickGearAsync(1, "Rehearse its re-deployment");
        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("Nothing is done.");
        await visitor.ShotAsync("rehearsal");
        await deploy.Confirmation.Dialog.GetByRole(AriaRole.Button, new() { Name = "Re-deploy this Version" }).ClickAsync();
        await Expect(deploy.Confirmation.Title).ToBeVisibleAsync();
        await deploy.Confirmation.ConfirmAsync("As rehearsed");

        await Expect(deploy.Version(3)).ToContainTextAsync("As rehearsed");
    }

    [Theory]
    [InlineData("Compare with the current version", "from version 1 to version 2")]
    [InlineData("Compare with the latest revisions", "from version 1 to the latest revisions")]
    [InlineData("Components in this version", "Version 1 of ")]
    public async Task can_be_looked_into_first(string entry, string says)
    {
        var (visitor, deploy, _) = await TwoVersionsAsync();

        await deploy.ClickGearAsync(1, entry);

        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync(says);
        await visitor.ShotAsync(entry);
    }

    private async Task<(Visitor Visitor, DeployPage Deploy, Thing Process)> TwoVersionsAsync()
    {
        var process = await Company.ProcessAsync("Order Import");
        await Company.AttachAsync(process, await Company.AtomAsync("Production"));
        await Company.DeployAsync(process, "First go-live");
        await Company.SaveAsync(process);
        await Company.DeployAsync(process, "New step");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);
        await deploy.SelectAsync(process);
        await deploy.ClickTabAsync("Deployments");
        return (visitor, deploy, process);
    }
}
