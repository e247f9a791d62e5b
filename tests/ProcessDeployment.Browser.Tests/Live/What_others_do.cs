using System.Diagnostics;
using System.Globalization;

namespace ProcessDeployment.Browser.Tests.Live;

/// <summary>Commands that come over the bus while somebody looks at the page, who reloads nothing.</summary>
public sealed class What_others_do(PagesFixture pages) : Visit(pages)
{
    [Fact]
    public async Task shows_in_the_list_and_in_the_history()
    {
        var process = await Company.ProcessAsync("Order Import");
        var deploy = new DeployPage(await ComeAsync());
        await deploy.OpenAsync(process, "deployments");
        await deploy.IsBoldAsync(process);

        var since = Stopwatch.GetTimestamp();
        await Company.Bus.SendAsync(new DeployProcess { ProcessId = process.Id, Note = "By the pipeline" });

        await Expect(deploy.Version(1)).ToContainTextAsync("By the pipeline");
        Output.Measured(string.Create(CultureInfo.InvariantCulture, $"A deploy over the bus was seen in the history after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:N0} ms."));
        await deploy.IsNotBoldAsync(process);
        await Expect(deploy.Version(1)).ToContainTextAsync("sam@example.com");
    }

    [Fact]
    public async Task does_not_disturb_a_note_that_is_being_typed()
    {
        var process = await Company.ProcessAsync("Order Import");
        await Company.DeployAsync(process);
        var deploy = new DeployPage(await ComeAsync());
        await deploy.OpenAsync(process, "deployments");
        await deploy.DeployButton.ClickAsync();
        await deploy.Confirmation.TypeAsync("Half a ");

        await Company.Bus.SendAsync(Company.Saving(process));
        await deploy.IsBoldAsync(process);
        await deploy.Confirmation.Note.PressSequentiallyAsync("thought");

        await Expect(deploy.Confirmation.Note).ToHaveValueAsync("Half a thought");
        await deploy.Confirmation.Ok.ClickAsync();
        await Expect(deploy.Version(2)).ToContainTextAsync("Half a thought");
        await deploy.IsNotBoldAsync(process);
    }

    [Fact]
    public async Task leaves_selected_what_is_still_there()
    {
        var process = await Company.ProcessAsync("Order Import");
        var (mine, theirs) = (await Company.AtomAsync("Production"), await Company.AtomAsync("Backup"));
        var deploy = new DeployPage(await ComeAsync());
        await deploy.OpenAsync(process, "attachments");
        await deploy.Unattached.SelectAsync(mine);

        await Company.Bus.SendAsync(new AttachAtoms { ProcessId = process.Id, AtomIds = [theirs.Id] });
        await Expect(deploy.Attached.Entry(theirs)).ToBeVisibleAsync();

        await Expect(deploy.Unattached.Entry(mine)).ToBeCheckedAsync();
        await deploy.ShotAsync("still-selected");
        await deploy.Unattached.Button.ClickAsync();
        await Expect(deploy.Attached.Entry(mine)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task leaves_what_is_typed_to_find_a_name()
    {
        var process = await Company.ProcessAsync("Order Import");
        var deploy = new DeployPage(await ComeAsync());
        await deploy.OpenAsync(process, "attachments");
        await deploy.Find.FillAsync($"Brand new {Company.Mark}");
        await Expect(deploy.Found).ToHaveTextAsync("0 Processes found");

        var brandNew = Company.Named("Brand new");
        await Company.Bus.SendAsync(Company.Saving(brandNew));

        await deploy.IsBoldAsync(brandNew);
        await Expect(deploy.Find).ToHaveValueAsync(brandNew.Name);
        await Expect(deploy.Heading).ToHaveTextAsync(process.Name);
    }
}
