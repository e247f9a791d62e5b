using System.Net;

namespace ProcessDeployment.Browser.Tests.Access;

/// <summary>What an administrator does on the Access page, and what it means for others.</summary>
public sealed class Saying_who_may_do_what(PagesFixture pages, GuardedPages guarded) : Visit(pages), IClassFixture<GuardedPages>
{
    private string Dana => $"dana-{Company.Mark}@example.com";

    [Fact]
    public async Task a_key_that_is_issued_lets_a_program_in_until_it_is_revoked()
    {
        var (visitor, access) = await AdministratorAsync("keys");
        await access.ClickAsync("Issue a key");
        await access.FillInAsync("Name of the program", $"ci {Company.Mark}");
        await access.GrantAsync("deployer");
        await access.ConfirmAsync("Issue");
        var key = await visitor.Page.Locator("#new-key").InnerTextAsync();
        await visitor.ShotAsync("issued");

        (await StatusAsync(key)).ShouldBe(HttpStatusCode.OK);
        await access.OpenAsync("keys");
        await Expect(access.Row($"ci {Company.Mark}")).ToContainTextAsync("deployer");
        await Expect(visitor.Page.GetByText(key)).ToHaveCountAsync(0);
        await access.Row($"ci {Company.Mark}").GetByRole(AriaRole.Button, new() { NameRegex = new("^Revoke") }).ClickAsync();
        await access.ConfirmAsync("Revoke");

        await Expect(access.Row($"ci {Company.Mark}")).ToHaveCountAsync(0);
        (await StatusAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task whoever_is_granted_a_role_may_deploy()
    {
        var process = await guarded.CompanyOf().ProcessAsync("Order Import");
        var (visitor, access) = await AdministratorAsync();
        var dana = await ComeAsAsync(Dana);
        await dana.GoAsync($"/deploy/{process.Id}/deployments");
        await Expect(dana.Page.GetByText($"none of the roles of {Dana} holds build-read").First).ToBeVisibleAsync();
        await Expect(dana.Page.GetByRole(AriaRole.Link, new() { Name = "Access" })).ToHaveCountAsync(0);

        await access.ClickAsync("Add a member");
        await access.FillInAsync("Who, as the history calls them", Dana);
        await access.GrantAsync("deployer");
        await visitor.ShotAsync("granting");
        await access.ConfirmAsync("Add");
        await Expect(access.Row(Dana)).ToContainTextAsync("deployer");
        var deploy = new DeployPage(dana);
        await dana.GoAsync($"/deploy/{process.Id}/deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.ConfirmAsync("By Dana");

        await Expect(deploy.Version(1)).ToContainTextAsync("By Dana");
        await visitor.ShotAsync("granted");
    }

    [Fact]
    public async Task a_freeze_refuses_a_deployment_until_the_process_is_let_pass()
    {
        var process = await guarded.CompanyOf().ProcessAsync("Order Import");
        var (visitor, access) = await AdministratorAsync("freezes");
        await access.ClickAsync("Set a freeze");
        await access.FillInAsync("Name", $"Holidays {Company.Mark}");
        await access.FillInAsync("From", "2026-01-01T00:00");
        await access.FillInAsync("Until", "2099-01-01T00:00");
        await access.ConfirmAsync("Set");
        await Expect(access.Row($"Holidays {Company.Mark}")).ToContainTextAsync("now");
        var other = await ComeAsAsync(GuardedPages.Administrator);
        var deploy = new DeployPage(other);
        await other.GoAsync($"/deploy/{process.Id}/deployments");
        await deploy.DeployButton.ClickAsync();
        await Expect(deploy.Confirmation.Alert).ToContainTextAsync($"Holidays {Company.Mark}: nothing is deployed until");
        await Expect(deploy.Confirmation.Ok).ToBeDisabledAsync();
        await other.ShotAsync("frozen");

        await access.ClickAsync($"Let pass, Holidays {Company.Mark}");
        await access.FillInAsync("Find Processes by name", process.Name);
        await access.Dialog.GetByRole(AriaRole.Checkbox, new() { Name = process.Name }).CheckAsync();
        await access.FillInAsync("Reason why it is passed", "Orders are lost");
        await visitor.ShotAsync("passing");
        await access.ConfirmAsync("Let pass");
        await Expect(access.Row($"Holidays {Company.Mark}")).ToContainTextAsync(process.Name);
        await visitor.ShotAsync("passes");
        await deploy.Confirmation.ConfirmAsync("Nevertheless");

        await Expect(deploy.Version(1)).ToContainTextAsync("Nevertheless");
        await access.ClickAsync($"End Holidays {Company.Mark}");
        await access.ConfirmAsync("End");
        await Expect(access.Row($"Holidays {Company.Mark}")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task a_refusal_stays_beside_what_was_typed()
    {
        var (visitor, access) = await AdministratorAsync();
        await access.ClickAsync($"Change the roles of {GuardedPages.Administrator}");
        await access.Dialog.GetByLabel("Role 1", new() { Exact = true }).SelectOptionAsync("viewer");
        await access.FillInAsync("Reason", "I retire");

        await access.ConfirmAsync("Change");

        await Expect(access.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody would be left who may say who may do what.");
        await Expect(access.Dialog.GetByLabel("Role 1", new() { Exact = true })).ToHaveValueAsync("viewer");
        await Expect(access.Dialog.GetByLabel("Reason")).ToHaveValueAsync("I retire");
        await visitor.ShotAsync("refused");
    }

    [Fact]
    public async Task where_a_reason_is_asked_for_the_confirmation_asks_for_it()
    {
        var company = guarded.CompanyOf();
        var process = await company.ProcessAsync("Order Import");
        var (visitor, access) = await AdministratorAsync("rules");
        await access.ClickAsync("Change the rules");
        await access.Dialog.GetByLabel("Whatever changes what runs needs a reason.").CheckAsync();
        await access.ConfirmAsync("Change");
        await Expect(visitor.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Whatever changes what runs needs a reason." })).ToBeVisibleAsync();

        var deploy = new DeployPage(visitor);
        await visitor.GoAsync($"/deploy/{process.Id}/deployments");
        await deploy.DeployButton.ClickAsync();
        await Expect(deploy.Confirmation.Dialog).ToContainTextAsync("This account asks for a reason.");
        await deploy.Confirmation.Dialog.GetByLabel("Reason, which this account asks for").FillAsync("Asked for by sales");
        await deploy.Confirmation.ConfirmAsync("With a reason");
        await Expect(deploy.Version(1)).ToContainTextAsync("With a reason");
        await company.DoAsync(new SetChangeRules { ReasonRequired = ReasonRule.Never });
    }

    [Fact]
    public async Task an_environment_is_made_and_deleted()
    {
        var environment = $"Test {Company.Mark}";
        var (visitor, access) = await AdministratorAsync();
        await visitor.GoAsync("/environments");
        await access.ClickAsync("Make an environment");
        await access.FillInAsync("Name", environment);
        await access.ConfirmAsync("Make");
        await Expect(access.Row(environment)).ToContainTextAsync("tests");
        await access.ClickAsync($"Delete {environment}");
        await access.ConfirmAsync("Delete");
        await Expect(access.Row(environment)).ToHaveCountAsync(0);
    }

    private async Task<(Visitor Visitor, AccessPage Access)> AdministratorAsync(string? tab = null)
    {
        var visitor = await ComeAsAsync(GuardedPages.Administrator);
        var access = new AccessPage(visitor);
        await access.OpenAsync(tab);
        return (visitor, access);
    }

    /// <summary>Signed in from the first page on.</summary>
    private async Task<Visitor> ComeAsAsync(string name)
    {
        guarded.SignsIn(name);
        var visitor = await ComeAsync(by: guarded.Engine.Url);
        await visitor.GoAsync("/not-found");
        await Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(name);
        return visitor;
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var http = new HttpClient { BaseAddress = guarded.Engine.Url, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        using var response = await http.GetAsync(new Uri("/api/v1/processes", UriKind.Relative), Ct);
        return response.StatusCode;
    }
}
