namespace ProcessDeployment.Browser.Tests.Procedures;

/// <summary>"Deploying Processes That Include Process Calls".</summary>
public sealed class Deploying_a_parent(PagesFixture pages) : Visit(pages)
{
    [Fact, Covers("R23", "R24", "R25", "R26")]
    public async Task bundles_its_child_which_stays_bold_and_runs_by_hand_only_when_deployed_itself()
    {
        var (parent, child, atom) = await CallingAsync();
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await DeployAsync(deploy, parent, "With its child");
        await deploy.IsNotBoldAsync(parent);
        await deploy.ClickGearAsync(1, "Components in this version");
        await Expect(deploy.Confirmation.Dialog.GetByRole(AriaRole.Cell, new() { Name = child.Name })).ToBeVisibleAsync();
        await visitor.ShotAsync("bundle");
        await visitor.GoAsync($"/deploy?text={Company.Mark}");
        await deploy.IsBoldAsync(child);
        await deploy.IsNotBoldAsync(parent);
        await visitor.ShotAsync("child-bold");
        (await ExecuteAsync(child, atom)).ShouldBe(RefusalCodes.BundledOnly);

        await deploy.SelectAsync(child);
        await deploy.ClickTabAsync("Attachments");
        await deploy.Unattached.SelectAsync(atom);
        await deploy.Unattached.Button.ClickAsync();
        await Expect(deploy.Attached.Entry(atom)).ToBeVisibleAsync();
        await DeployAsync(deploy, child, "To run it by hand");
        await deploy.IsNotBoldAsync(child);
        await visitor.ShotAsync("child-deployed");
        (await ExecuteAsync(child, atom)).ShouldBeNull();
    }

    [Fact, Covers("R22")]
    public async Task is_asked_for_when_its_child_was_revised()
    {
        var (parent, child, _) = await CallingAsync();
        await Company.DeployAsync(parent);
        await Company.DeployAsync(child);
        await Company.SaveAsync(child);
        var visitor = await ComeAsync();
        var deploy = new DeployPage(visitor);

        await deploy.SelectAsync(parent);
        await deploy.IsBoldAsync(parent);
        await Expect(deploy.Why).ToContainTextAsync($"{child.Name} was revised");
        await DeployAsync(deploy, child, "Child first");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = child.Name })).ToBeVisibleAsync();
        await visitor.GoAsync($"/deploy?text={Company.Mark}");
        await deploy.IsNotBoldAsync(child);
        await deploy.IsBoldAsync(parent);

        await DeployAsync(deploy, parent, "And its parent");
        await deploy.IsNotBoldAsync(parent);
    }

    private static async Task DeployAsync(DeployPage deploy, Thing process, string note)
    {
        await deploy.SelectAsync(process);
        await deploy.ClickTabAsync("Deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.ConfirmAsync(note);
    }

    private async Task<string?> ExecuteAsync(Thing process, Thing atom) => (await Company.TryAsync(new ExecuteProcess { ProcessId = process.Id, AtomId = atom.Id })).Refusal?.Code;

    /// <summary>A parent that calls a child, attached to an Atom that is there.</summary>
    private async Task<(Thing Parent, Thing Child, Thing Atom)> CallingAsync()
    {
        var child = await Company.ProcessAsync("Validate Order");
        var parent = await Company.ProcessAsync("Order Import", child);
        var atom = await Company.AtomAsync("Production");
        await Company.DoAsync(new ReportAtomStatus { AtomId = atom.Id, Status = AtomStatus.Online });
        await Company.AttachAsync(parent, atom);
        return (parent, child, atom);
    }
}
