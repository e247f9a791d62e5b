namespace ProcessDeployment.Browser.Tests.Procedures;

/// <summary>"To Detach an Atom from a Process".</summary>
public sealed class Detaching_an_Atom(PagesFixture pages) : Visit(pages)
{
    [Fact, Covers("R6", "R7", "#9")]
    public async Task moves_it_to_the_unattached_atoms_where_the_process_is_no_longer_deployed_and_is_disabled()
    {
        var (process, atom) = await DeployedAsync();
        await Company.DoAsync(new SetSchedules { ProcessId = process.Id, AtomId = atom.Id, Schedules = [new() { Minutes = "0", Hours = "6" }] });
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.ClickTabAsync("Attachments");
        await deploy.Attached.SelectAsync(atom);
        await Expect(deploy.Foreseen).ToContainTextAsync("Gives back 1 licence");
        await Expect(deploy.Foreseen).ToContainTextAsync("Would rest until resumed");
        await Expect(visitor.Page.GetByText("it runs neither by hand nor by schedule")).ToBeVisibleAsync();
        await visitor.ShotAsync("foreseen");
        await deploy.Attached.Button.ClickAsync();

        await Expect(deploy.Answer).ToContainTextAsync($"Detached {atom.Name}.");
        await Expect(deploy.Answer).ToContainTextAsync("0 taken, 1 given back");
        await Expect(deploy.Answer).ToContainTextAsync("Rests until resumed");
        await Expect(deploy.Unattached.Entry(atom)).ToBeVisibleAsync();
        await Expect(deploy.Attached.Text).ToContainTextAsync("Attached to no Atom.");
        await visitor.ShotAsync("detached");
        (await Company.TryAsync(new ExecuteProcess { ProcessId = process.Id, AtomId = atom.Id })).Refusal!.Code.ShouldBe(RefusalCodes.NotDeployed);
        (await Company.VersionsAsync(process)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task can_be_undone()
    {
        var (process, atom) = await DeployedAsync();
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(process);
        await deploy.Attached.SelectAsync(atom);
        await deploy.Attached.Button.ClickAsync();
        await deploy.Answer.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(deploy.Answer).ToContainTextAsync($"Undone: Detached {atom.Name}.");
        await Expect(deploy.Attached.Entry(atom)).ToBeVisibleAsync();
    }

    private async Task<(Thing Process, Thing Atom)> DeployedAsync()
    {
        var (process, atom) = (await Company.ProcessAsync("Order Import", await Company.ConnectionAsync("Order Database")), await Company.AtomAsync("Production"));
        await Company.AttachAsync(process, atom);
        await Company.DeployAsync(process);
        return (process, atom);
    }
}
