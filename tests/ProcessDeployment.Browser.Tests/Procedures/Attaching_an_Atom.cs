namespace ProcessDeployment.Browser.Tests.Procedures;

/// <summary>"To Attach an Atom to a Process".</summary>
public sealed class Attaching_an_Atom(PagesFixture pages) : Visit(pages)
{
    [Fact, Covers("R1", "R5")]
    public async Task moves_it_to_the_attached_atoms_without_an_audit_while_nothing_was_deployed()
    {
        var process = await Company.ProcessAsync("Order Import", await Company.ConnectionAsync("Order Database"));
        var atom = await Company.AtomAsync("Production");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.ClickTabAsync("Attachments");
        await visitor.ShotAsync("attachments");
        await deploy.Unattached.SelectAsync(atom);
        await Expect(deploy.Foreseen).ToContainTextAsync("No connection licence would be taken or given back.");
        await visitor.ShotAsync("selected");
        await deploy.Unattached.Button.ClickAsync();

        await Expect(deploy.Attached.Entry(atom)).ToBeVisibleAsync();
        await Expect(deploy.Unattached.Entry(atom)).ToHaveCountAsync(0);
        await visitor.ShotAsync("attached");
    }

    [Fact, Covers("R3", "R4")]
    public async Task audits_the_connections_when_versions_were_deployed_before()
    {
        var process = await Company.ProcessAsync("Order Import", await Company.ConnectionAsync("Order Database"), await Company.ConnectionAsync("Order Mailbox"));
        await Company.DeployAsync(process);
        var (first, second) = (await Company.AtomAsync("Production 1"), await Company.AtomAsync("Production 2"));
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.ClickTabAsync("Attachments");
        await deploy.Unattached.SelectAsync(first, second);
        await Expect(deploy.Foreseen).ToContainTextAsync("Connection audit");
        await Expect(deploy.Foreseen).ToContainTextAsync("Takes 4 licences");
        await visitor.ShotAsync("audit-before");
        await deploy.Unattached.Button.ClickAsync();

        await Expect(deploy.Answer).ToContainTextAsync("Connection licences: 4 taken, 0 given back.");
        await Expect(deploy.Attached.Entry(first)).ToBeVisibleAsync();
        await Expect(deploy.Attached.Text).ToContainTextAsync("version 1, waiting for the download");
        await visitor.ShotAsync("audit-after");
        (await Company.VersionsAsync(process)).Count.ShouldBe(1);
    }

    /// <summary>The one test that buys licences of this class.</summary>
    [Fact, Covers("#3")]
    public async Task that_would_exceed_the_licences_says_so_before_the_click_and_what_to_do()
    {
        await Company.DoAsync(new SetLicences { Class = ConnectorClass.TradingPartner, Production = 1 });
        var process = await Company.ProcessAsync("Order Exchange", await Company.ConnectionAsync("Partner A", ConnectorClass.TradingPartner), await Company.ConnectionAsync("Partner B", ConnectorClass.TradingPartner));
        await Company.DeployAsync(process);
        var atom = await Company.AtomAsync("Production");
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.ClickTabAsync("Attachments");
        await deploy.Unattached.SelectAsync(atom);

        await Expect(deploy.Foreseen.GetByRole(AriaRole.Alert)).ToContainTextAsync("This would be refused.");
        await Expect(deploy.Foreseen.GetByRole(AriaRole.Alert)).ToContainTextAsync("Detach what is not needed there, or purchase more licences.");
        await Expect(deploy.Unattached.Button).ToBeDisabledAsync();
        await visitor.ShotAsync("refused");
    }
}
