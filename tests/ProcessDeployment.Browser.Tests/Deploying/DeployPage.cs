using System.Text.RegularExpressions;

namespace ProcessDeployment.Browser.Tests.Deploying;

/// <summary>The Deploy page, in the words of the user guide.</summary>
internal sealed partial class DeployPage(Visitor visitor)
{
    public ILocator Find => Page.GetByLabel("Find by name");

    public ILocator List => Page.Locator(".pd-list");

    public ILocator Found => Page.Locator(".pd-count");

    public ILocator Heading => Page.Locator("#process").GetByRole(AriaRole.Heading, new() { Level = 2 });

    public ILocator History => Page.Locator("table.pd-history");

    public ILocator DeployButton => Page.GetByRole(AriaRole.Button, new() { Name = "Deploy Latest Revision of Process" });

    public ILocator Why => Page.Locator(".pd-reasons");

    public ILocator Answer => Page.Locator("#process .pd-note[role=status]");

    /// <summary>What a click would mean.</summary>
    public ILocator Foreseen => Page.Locator("#process .pd-preview");

    public ConfirmationDialog Confirmation => new(visitor);

    public AtomList Unattached => new(Page.GetByRole(AriaRole.Group, new() { NameRegex = UnattachedTitle() }));

    public AtomList Attached => new(Page.GetByRole(AriaRole.Group, new() { NameRegex = AttachedTitle() }));

    private IPage Page => visitor.Page;

    /// <summary>On the Deploy menu select the Process from the Processes list.</summary>
    public async Task SelectAsync(Thing process)
    {
        await visitor.GoAsync("/");
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link, new() { Name = "Deploy" }).ClickAsync();
        await Find.FillAsync(process.Name);
        await Expect(Found).ToHaveTextAsync("1 Process found");
        await Row(process).ClickAsync();
        await Expect(Heading).ToHaveTextAsync(process.Name);
    }

    /// <summary>By its address, as from a link that somebody sent.</summary>
    public Task OpenAsync(Thing process, string tab) => visitor.GoAsync($"/deploy/{process.Id}/{tab}?text={Uri.EscapeDataString(process.Name)}");

    public Task ShotAsync(string step) => visitor.ShotAsync(step);

    /// <summary>Its line in the Processes list.</summary>
    public ILocator Row(Thing process) => Page.Locator($".pd-list a.pd-row[data-process='{process.Id}']");

    public ILocator NameOf(Thing process) => Row(process).Locator(".pd-name");

    public ILocator Tab(string name) => Page.Locator("nav.pd-tabs").GetByRole(AriaRole.Link, new() { Name = name });

    public Task ClickTabAsync(string name) => Tab(name).ClickAsync();

    public ILocator Version(int number) => History.GetByRole(AriaRole.Row).Filter(new() { Has = Page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new($"^{number}\\b") }) });

    public ILocator Gear(int number) => Page.GetByRole(AriaRole.Button, new() { Name = $"Actions for Version {number}", Exact = true });

    /// <summary>Clicks the gear next to a version and selects an entry.</summary>
    public async Task ClickGearAsync(int number, string entry)
    {
        await Gear(number).ClickAsync();
        await Page.Locator(".pd-actions:popover-open").GetByRole(AriaRole.Button, new() { Name = entry }).ClickAsync();
    }

    public Task IsBoldAsync(Thing process) => Expect(NameOf(process)).ToHaveCSSAsync("font-weight", "700");

    public Task IsNotBoldAsync(Thing process) => Expect(NameOf(process)).ToHaveCSSAsync("font-weight", "400");

    [GeneratedRegex("^Unattached Atoms")]
    private static partial Regex UnattachedTitle();

    [GeneratedRegex("^Attached Atoms")]
    private static partial Regex AttachedTitle();
}
