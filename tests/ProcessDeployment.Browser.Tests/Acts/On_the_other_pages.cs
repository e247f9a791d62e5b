using System.Text.RegularExpressions;

namespace ProcessDeployment.Browser.Tests.Acts;

/// <summary>What each page is mainly there for, done as its user would.</summary>
public sealed class On_the_other_pages(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task an_atom_is_registered()
    {
        var visitor = await ComeAsync();
        await visitor.GoAsync("/atoms");

        await Button(visitor, "Register an Atom").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name", new() { Exact = true }).FillAsync($"Workshop {Company.Mark}");
        await visitor.ShotAsync("register");
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = $"Workshop {Company.Mark}" })).ToBeVisibleAsync();
        await visitor.ShotAsync("registered");
    }

    [Fact]
    public async Task a_process_is_executed_by_hand()
    {
        var (process, atom) = (await Company.ProcessAsync("Order Import"), await Company.AtomAsync("Production"));
        await Company.DoAsync(new ReportAtomStatus { AtomId = atom.Id, Status = AtomStatus.Online });
        await Company.AttachAsync(process, atom);
        await Company.DeployAsync(process);
        var visitor = await ComeAsync();
        await visitor.GoAsync($"/atoms/{atom.Id}/processes/{process.Id}");

        await Button(visitor, "Execute Process").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "See this execution" }).ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/executions/"));
        await visitor.ShotAsync("execution");
    }

    [Fact]
    public async Task all_that_are_affected_are_deployed()
    {
        var connection = await Company.ConnectionAsync("Order Database");
        var (first, second) = (await Company.ProcessAsync("Order Import", connection), await Company.ProcessAsync("Order Export", connection));
        await Company.DeployAsync(first);
        await Company.DeployAsync(second);
        await Company.DoAsync(new SaveComponent { ComponentId = connection.Id, ComponentType = ComponentTypes.Connection, Name = connection.Name, Connector = new("http", ConnectorClass.Standard), Content = "<connection timeout='9'/>" });
        var visitor = await ComeAsync();
        await visitor.GoAsync($"/components/{connection.Id}/deploy");

        await visitor.Page.GetByLabel("Note").FillAsync("Longer time-out");
        await Button(visitor, "Deploy 2 Processes").ClickAsync();

        await Expect(visitor.Page.GetByText("2 of 2 Processes answered. Done.")).ToBeVisibleAsync();
        await visitor.ShotAsync("deployed");
        foreach (var process in new[] { first, second }) (await Company.VersionsAsync(process, count: 2))[0].Note.ShouldBe("Longer time-out");
    }

    [Fact]
    public async Task what_would_free_licences_is_shown()
    {
        var (process, atom) = (await Company.ProcessAsync("Order Import", await Company.ConnectionAsync("Order Database")), await Company.AtomAsync("Production"));
        await Company.AttachAsync(process, atom);
        await Company.DeployAsync(process);
        var visitor = await ComeAsync();

        await visitor.GoAsync("/licences/free");
        await visitor.Page.GetByLabel("Class").SelectOptionAsync("Standard");

        await Expect(visitor.Page.GetByText(new Regex("These detachments together free [0-9]+."))).ToBeVisibleAsync();
        await visitor.ShotAsync("free");
    }

    [Fact]
    public async Task a_change_is_proved()
    {
        var shown = await Pages.ExhibitionAsync();
        var visitor = await ComeAsync();
        await visitor.GoAsync("/audit/ledger");

        await visitor.Page.GetByLabel("Position of the change").FillAsync($"{shown.Moment}");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Button(visitor, "Prove it").ClickAsync();

        await Expect(visitor.Page.GetByText($"Change {shown.Moment} is sealed by checkpoint")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("✓ right")).ToHaveCountAsync(4);
        await visitor.ShotAsync("proved");
    }

    [Fact]
    public async Task read_models_are_proved_to_the_end()
    {
        var visitor = await ComeAsync();
        await visitor.GoAsync("/operations/rebuilds");

        await Button(visitor, "Prove only").ClickAsync();

        await Expect(visitor.Page.GetByText("all as the events say").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await visitor.ShotAsync("ended");
    }

    [Fact]
    public async Task the_past_is_looked_at_by_the_slider()
    {
        var process = await Company.ProcessAsync("Order Import");
        await Company.DeployAsync(process, "First");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);
        await deploy.OpenAsync(process, "deployments");

        await Button(visitor, "Look at the past").ClickAsync();
        await Button(visitor, "One change back").ClickAsync();

        await Expect(visitor.Page.GetByText("Nothing can be changed here.")).ToBeVisibleAsync();
        await Expect(deploy.DeployButton).ToBeDisabledAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("asOf=[0-9]+"));
        await visitor.ShotAsync("slider");
    }

    private static ILocator Button(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
