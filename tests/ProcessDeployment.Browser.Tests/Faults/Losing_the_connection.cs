namespace ProcessDeployment.Browser.Tests.Faults;

/// <summary>A note is being typed while the way to the engine breaks, and comes back.</summary>
public sealed class Losing_the_connection(PagesFixture pages) : Visit(pages)
{
    private Cable _cable = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _cable = new(Pages.Engine);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_cable is not null) await _cable.DisposeAsync();
    }

    [Fact]
    public async Task while_a_note_is_typed_is_said_and_neither_loses_the_note_nor_sends_anything_twice()
    {
        var (process, visitor, deploy) = await TypingAsync();

        await _cable.CutAsync();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToContainTextAsync("The connection to the engine is lost. Trying again; what you typed is kept.");
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await deploy.Confirmation.Note.PressSequentiallyAsync(" and after");
        await visitor.ShotAsync("lost");
        _cable.Mend();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(deploy.Confirmation.Note).ToHaveValueAsync("Typed before and after");
        await visitor.ShotAsync("back");
        await deploy.Confirmation.Ok.ClickAsync();

        await Expect(deploy.Version(1)).ToContainTextAsync("Typed before and after");
        (await Company.VersionsAsync(process)).ShouldHaveSingleItem().Note.ShouldBe("Typed before and after");
    }

    [Fact]
    public async Task before_OK_is_clicked_deploys_once_however_often_it_is_clicked()
    {
        var (process, visitor, deploy) = await TypingAsync();

        await _cable.CutAsync();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await deploy.Confirmation.Ok.ClickAsync();
        await deploy.Confirmation.Ok.ClickAsync();
        _cable.Mend();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        if (await deploy.Confirmation.Dialog.CountAsync() > 0) await deploy.Confirmation.Ok.ClickAsync();

        await Expect(deploy.Version(1)).ToContainTextAsync("Typed before");
        (await Company.VersionsAsync(process)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task after_OK_was_clicked_and_before_the_answer_ends_with_one_version_and_without_the_dialog()
    {
        var (process, visitor, deploy) = await TypingAsync();

        await using (await HeldAccount.HoldAsync(Pages.Engine))
        {
            await deploy.Confirmation.Ok.ClickAsync();
            await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("Deploying…");
            await _cable.CutAsync();
            await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        }

        _cable.Mend();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(deploy.Confirmation.Dialog).ToHaveCountAsync(0);
        await Expect(deploy.Version(1)).ToContainTextAsync("Typed before");
        (await Company.VersionsAsync(process)).Count.ShouldBe(1);
    }

    private async Task<(Thing Process, Visitor Visitor, DeployPage Deploy)> TypingAsync()
    {
        var process = await Company.ProcessAsync("Order Import");
        var visitor = await ComeAsync(by: _cable.Url);
        visitor.ForgiveLostConnection();
        var deploy = new DeployPage(visitor);
        await deploy.OpenAsync(process, "deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.TypeAsync("Typed before");
        return (process, visitor, deploy);
    }
}
