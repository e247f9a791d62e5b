namespace ProcessDeployment.Browser.Tests.Looks;

/// <summary>A page, or what opens on it.</summary>
/// <param name="Name">As in the names of its pictures.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Seen">What is there when it is ready to be judged.</param>
/// <param name="Open">What is done there first.</param>
internal sealed record Sight(string Name, Func<Exhibition, string> Address, Func<IPage, ILocator> Seen, Func<IPage, Task>? Open = null);

/// <summary>Every page, in one place: what is added here is judged for accessibility, light and dark, on a phone, and with hostile names.</summary>
internal static partial class PageList
{
    public static IReadOnlyList<Sight> All { get; } = [.. Deploying, .. Atoms, .. Impact, .. Audits, .. Access];

    private static IEnumerable<Sight> Deploying =>
    [
        new("deploy-list", shown => $"/deploy?text={shown.Company.Mark}", page => page.Locator("a.pd-row").First),
        new("deploy-attachments", shown => $"/deploy/{shown.Process.Id}/attachments?text={shown.Company.Mark}", page => page.GetByText("Attached Atoms (1)", new() { Exact = true })),
        new("deploy-deployments", Deployments, History),
        new("deploy-confirmation", Deployments, page => page.GetByRole(AriaRole.Dialog).GetByText("would be downloaded by"), page => Click(page, "Deploy Latest Revision of Process")),
        new("deploy-gear", Deployments, page => Menu(page).GetByRole(AriaRole.Button, new() { Name = "Re-deploy this Version" }), page => Click(page, "Actions for Version 1")),
        new("deploy-compare", Deployments, page => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Region).First, page => Click(page, "Compare version 2 with the latest revisions")),
        new("deploy-rehearsal", Deployments, page => page.GetByText("would be downloaded by"), page => ByGear(page, "Rehearse its re-deployment")),
        new("deploy-components", Deployments, page => page.GetByRole(AriaRole.Dialog).GetByText("Digest"), page => ByGear(page, "Components in this version")),
        new("deploy-past", shown => $"{Deployments(shown)}&asOf={shown.Moment}", History),
        new("not-found", _ => "/not-found", page => page.GetByText("There is no such page")),
    ];

    private static string Deployments(Exhibition shown) => $"/deploy/{shown.Process.Id}/deployments?text={shown.Company.Mark}";

    private static ILocator History(IPage page) => page.Locator("table.pd-history tbody tr").First;

    private static ILocator Menu(IPage page) => page.Locator(".pd-actions:popover-open");

    private static Task Click(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    private static async Task ByGear(IPage page, string entry)
    {
        await Click(page, "Actions for Version 1");
        await Menu(page).GetByRole(AriaRole.Button, new() { Name = entry }).ClickAsync();
    }
}
