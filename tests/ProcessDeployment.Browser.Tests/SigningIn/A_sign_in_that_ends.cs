namespace ProcessDeployment.Browser.Tests.SigningIn;

/// <summary>Somebody types a note, and is not signed in any more when it is to be sent.</summary>
public sealed class A_sign_in_that_ends(PagesFixture pages) : Visit(pages)
{
    private LocalIssuer _issuer = null!;
    private RunningEngine _engine = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _issuer = await LocalIssuer.StartAsync();
        _issuer.Somebody = [("account", "local")];
        _engine = await Pages.StartAnotherAsync(new() { Authority = _issuer.Url, Audience = LocalIssuer.Audience, ClientId = "pages" });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_engine is not null) await _engine.DisposeAsync();
        if (_issuer is not null) await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task loses_nothing_that_was_typed_and_the_same_click_works_after_the_next()
    {
        var company = new Company(_engine);
        var process = company.Named("Order Import");
        await company.Bus.SendAsync(company.Saving(process));
        var visitor = await ComeAsync(by: _engine.Url);
        var deploy = new DeployPage(visitor);
        await visitor.GoAsync($"/deploy/{process.Id}/deployments");
        await Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("kim@example.com");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.TypeAsync("A long thought");

        await SignOutElsewhereAsync(visitor);
        await deploy.Confirmation.Ok.ClickAsync();
        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("Your sign-in has ended");
        await Expect(deploy.Confirmation.Note).ToHaveValueAsync("A long thought");
        await visitor.ShotAsync("ended");
        var again = await visitor.Context.RunAndWaitForPageAsync(() => deploy.Confirmation.Dialog.GetByRole(AriaRole.Link, new() { Name = "Sign in again in a new tab" }).First.ClickAsync());
        await Expect(again.GetByRole(AriaRole.Heading, new() { Name = "You are signed in" })).ToBeVisibleAsync();
        await again.CloseAsync();
        await deploy.Confirmation.Ok.ClickAsync();

        await Expect(deploy.Confirmation.Dialog).ToHaveCountAsync(0);
        await Expect(deploy.Version(1)).ToContainTextAsync("A long thought");
        await visitor.ShotAsync("deployed");
    }

    [Fact]
    public async Task by_another_person_lets_nothing_go_on_that_was_meant_by_the_first()
    {
        var company = new Company(_engine);
        var process = company.Named("Order Import");
        await company.Bus.SendAsync(company.Saving(process));
        var visitor = await ComeAsync(by: _engine.Url);
        var deploy = new DeployPage(visitor);
        await visitor.GoAsync($"/deploy/{process.Id}/deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.TypeAsync("Of the first");

        await SignOutElsewhereAsync(visitor);
        _issuer.Somebody = [("account", "local"), ("preferred_username", "sam@example.com")];
        var again = await visitor.Context.NewPageAsync();
        await again.GotoAsync("/sign-in?return=/signed-in");
        await again.CloseAsync();
        await deploy.Confirmation.Ok.ClickAsync();

        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("Sign in again as kim@example.com");
        await Expect(deploy.Confirmation.Note).ToHaveValueAsync("Of the first");
    }

    private static async Task SignOutElsewhereAsync(Visitor visitor)
    {
        var other = await visitor.Context.NewPageAsync();
        await other.GotoAsync("/sign-out");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
        await other.CloseAsync();
    }
}
