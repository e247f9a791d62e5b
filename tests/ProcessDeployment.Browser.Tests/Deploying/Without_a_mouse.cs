namespace ProcessDeployment.Browser.Tests.Deploying;

public sealed class Without_a_mouse(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task a_process_is_chosen_by_arrows_and_deployed_with_a_note()
    {
        var process = await Company.ProcessAsync("Order Import");
        var visitor = await ComeAsync();
        var (deploy, keys) = (new DeployPage(visitor), visitor.Page.Keyboard);
        await visitor.GoAsync($"/deploy?text={Company.Mark}");

        await visitor.TabToAsync(deploy.List);
        await keys.PressAsync("ArrowDown");
        await Expect(deploy.Row(process)).ToBeFocusedAsync();
        await visitor.ShotAsync("row");
        await keys.PressAsync("Enter");
        await Expect(deploy.Heading).ToHaveTextAsync(process.Name);
        await visitor.TabToAsync(deploy.Tab("Deployments"));
        await keys.PressAsync("Enter");
        await Expect(deploy.DeployButton).ToBeEnabledAsync();
        await visitor.TabToAsync(deploy.DeployButton);
        await visitor.ShotAsync("button");
        await keys.PressAsync("Enter");
        await Expect(deploy.Confirmation.Ok).ToBeEnabledAsync();
        await Expect(deploy.Confirmation.Note).ToBeFocusedAsync();
        await keys.TypeAsync("By keyboard");
        await visitor.TabToAsync(deploy.Confirmation.Ok);
        await visitor.ShotAsync("ok");
        await keys.PressAsync("Enter");

        await Expect(deploy.Version(1)).ToContainTextAsync("By keyboard");
        await Expect(deploy.Answer).ToBeFocusedAsync();
    }

    [Fact]
    public async Task escape_closes_the_dialog_and_the_focus_returns_to_the_button()
    {
        var process = await Company.ProcessAsync("Order Import");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);
        await deploy.OpenAsync(process, "deployments");

        await deploy.DeployButton.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Space");
        await Expect(deploy.Confirmation.Note).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await Expect(deploy.Confirmation.Dialog).ToHaveCountAsync(0);
        await Expect(deploy.DeployButton).ToBeFocusedAsync();
        (await Company.VersionsAsync(process)).ShouldBeEmpty();
    }

    [Fact]
    public async Task arrows_move_through_the_list()
    {
        var (first, second) = (await Company.ProcessAsync("A Order Import"), await Company.ProcessAsync("B Order Export"));
        var visitor = await ComeAsync();
        var (deploy, keys) = (new DeployPage(visitor), visitor.Page.Keyboard);
        await visitor.GoAsync($"/deploy?text={Company.Mark}");
        await visitor.TabToAsync(deploy.List);

        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(deploy.Row(second)).ToBeFocusedAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(deploy.Row(first)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task the_first_stop_leads_past_the_pages_to_the_content()
    {
        var visitor = await ComeAsync();
        await visitor.GoAsync("/deploy");

        await visitor.Page.ReloadAsync();
        await visitor.AliveAsync();
        await visitor.TabToAsync(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }));
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page.Locator("main")).ToBeFocusedAsync();
    }
}
