namespace ProcessDeployment.Browser.Tests.Faults;

/// <summary>Something was sent, and whoever sent it does not wait for what becomes of it.</summary>
public sealed class Not_waiting_for_an_answer(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task by_opening_another_tab_fails_no_page_and_it_is_done_all_the_same()
    {
        var (process, atom) = (await Company.ProcessAsync("Order Import"), await Company.AtomAsync("Production"));
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);
        await deploy.OpenAsync(process, "attachments");
        await deploy.Unattached.SelectAsync(atom);
        await Expect(deploy.Unattached.Button).ToBeEnabledAsync();

        await using (await HeldAccount.HoldAsync(Pages.Engine))
        {
            await deploy.Unattached.Button.ClickAsync();
            await Expect(deploy.Unattached.Button).ToBeDisabledAsync();
            await deploy.ClickTabAsync("Deployments");
            await Expect(deploy.DeployButton).ToBeVisibleAsync();
        }

        await Expect(deploy.Answer).ToContainTextAsync($"Attached {atom.Name}.");
        await Expect(deploy.DeployButton).ToBeEnabledAsync();
        await Expect(visitor.Page.GetByText("This page failed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task by_escape_does_not_close_the_dialog_and_it_is_deployed_once()
    {
        var process = await Company.ProcessAsync("Order Import");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);
        await deploy.OpenAsync(process, "deployments");
        await deploy.DeployButton.ClickAsync();
        await Expect(deploy.Confirmation.Ok).ToBeEnabledAsync();

        await using (await HeldAccount.HoldAsync(Pages.Engine))
        {
            await deploy.Confirmation.Ok.ClickAsync();
            await Expect(deploy.Confirmation.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeDisabledAsync();
            await visitor.Page.Keyboard.PressAsync("Escape");
            await Expect(deploy.Confirmation.Dialog).ToBeVisibleAsync();
        }

        await Expect(deploy.Answer).ToContainTextAsync("Version 1 is deployed.");
        await Expect(deploy.Confirmation.Dialog).ToHaveCountAsync(0);
        (await Company.VersionsAsync(process)).Count.ShouldBe(1);
    }
}
