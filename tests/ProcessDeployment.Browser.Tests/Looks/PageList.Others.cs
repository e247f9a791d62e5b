namespace ProcessDeployment.Browser.Tests.Looks;

/// <content>The pages beside the Deploy page.</content>
internal static partial class PageList
{
    private static IEnumerable<Sight> Atoms =>
    [
        new("atoms-list", shown => $"/atoms?text={shown.Company.Mark}", page => page.Locator("a.pd-row").First),
        new("atoms-processes", Atom, page => page.Locator("#atom table").First),
        new("atoms-process", shown => $"/atoms/{shown.Atom.Id}/processes/{shown.Process.Id}?text={shown.Company.Mark}", page => page.GetByRole(AriaRole.Button, new() { Name = "Execute Process" })),
        new("atoms-executions", shown => $"/atoms/{shown.Atom.Id}/executions?text={shown.Company.Mark}", page => page.Locator("#atom table").First),
        new("atoms-history", shown => $"/atoms/{shown.Atom.Id}/history?text={shown.Company.Mark}", page => page.GetByRole(AriaRole.Button, new() { Name = "Show this Atom as it was then" })),
        new("atoms-tokens", shown => $"/atoms/{shown.Atom.Id}/tokens?text={shown.Company.Mark}", page => page.GetByRole(AriaRole.Button, new() { Name = "Make a token" })),
        new("atoms-register", Atom, page => page.GetByRole(AriaRole.Dialog).GetByLabel("Name", new() { Exact = true }), page => Click(page, "Register an Atom")),
    ];

    private static IEnumerable<Sight> Impact =>
    [
        new("impact-list", shown => $"/components?text={shown.Company.Mark}", page => page.Locator("a.pd-row").First),
        new("impact-used", shown => $"/components/{shown.Connection.Id}?text={shown.Company.Mark}", page => page.Locator(".pd-detail table").First),
        new("impact-revisions", shown => $"/components/{shown.Process.Id}/revisions", page => page.Locator(".pd-detail table").First),
        new("impact-deploy", shown => $"/components/{shown.Process.Id}/deploy", page => page.GetByRole(AriaRole.Button, new() { Name = "Deploy 1 Process" })),
        new("impact-picture", shown => $"/components/{shown.Process.Id}/picture", page => page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" })),
        new("licences-pools", _ => "/licences", page => page.GetByRole(AriaRole.Rowheader, new() { Name = "Standard" }).First),
        new("licences-holders", _ => "/licences/holders", page => page.Locator("table").First),
        new("licences-free", _ => "/licences/free?class=Standard&for=Production&count=1", page => page.GetByText("together free").First),
    ];

    private static IEnumerable<Sight> Audits =>
    [
        new("audit", _ => "/audit", page => page.GetByRole(AriaRole.Heading, new() { Name = "Changes, newest first" })),
        new("audit-change", shown => $"/audit/{shown.Moment}", page => page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First),
        new("audit-ledger", shown => $"/audit/ledger?position={shown.Moment}", page => page.GetByText($"is sealed by checkpoint")),
        new("audit-export", _ => "/audit/export", page => page.GetByRole(AriaRole.Button, new() { Name = "Export" })),
        new("audit-past", shown => $"/audit?asOf={shown.Moment}", page => page.GetByText("Nothing can be changed here.")),
        new("operations", _ => "/operations", page => page.GetByRole(AriaRole.Heading, new() { Name = "What waits" })),
        new("operations-rebuilds", _ => "/operations/rebuilds", page => page.GetByRole(AriaRole.Button, new() { Name = "Prove only" })),
        new("operations-dead-letters", _ => "/operations/dead-letters", page => page.GetByRole(AriaRole.Heading, new() { Name = "Operations" })),
        new("operations-halted", _ => "/operations/halted", page => page.GetByRole(AriaRole.Heading, new() { Name = "Operations" })),
        new("operations-webhooks", _ => "/operations/webhooks", page => page.GetByRole(AriaRole.Heading, new() { Name = "Operations" })),
    ];

    private static IEnumerable<Sight> Access =>
    [
        new("access-member", _ => "/access", page => page.GetByRole(AriaRole.Dialog).GetByLabel("Role 1", new() { Exact = true }), page => Click(page, "Add a member")),
        new("access-role", _ => "/access/roles", page => page.GetByRole(AriaRole.Dialog).GetByLabel("licence-write"), page => Click(page, "Define a role")),
        new("access-keys", _ => "/access/keys", page => page.GetByRole(AriaRole.Rowheader).First),
        new("access-rules", _ => "/access/rules", page => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Radio).First, page => Click(page, "Change the rules")),
        new("access-freezes", _ => "/access/freezes", page => page.GetByRole(AriaRole.Rowheader).First),
        new("environments", _ => "/environments", page => page.GetByRole(AriaRole.Rowheader).First),
    ];

    private static string Atom(Exhibition shown) => $"/atoms/{shown.Atom.Id}?text={shown.Company.Mark}";
}
