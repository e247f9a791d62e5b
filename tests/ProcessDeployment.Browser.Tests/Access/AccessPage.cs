using System.Text.RegularExpressions;

namespace ProcessDeployment.Browser.Tests.Access;

/// <summary>The Access page in the words of its buttons.</summary>
internal sealed class AccessPage(Visitor visitor)
{
    public ILocator Dialog => visitor.Page.GetByRole(AriaRole.Dialog);

    public ILocator Told => visitor.Page.Locator(".pd-detail .pd-note[role=status]");

    public ILocator Row(string name) => visitor.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new($"^{Regex.Escape(name)}") }) });

    public Task OpenAsync(string? tab = null) => visitor.GoAsync(tab is null ? "/access" : $"/access/{tab}");

    public Task ClickAsync(string button) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FillInAsync(string label, string text) => Dialog.GetByLabel(new Regex($"^{Regex.Escape(label)}")).FillAsync(text);

    /// <summary>Grants a role in the dialog that is open, as its first.</summary>
    public async Task GrantAsync(string role)
    {
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Grant a role" }).ClickAsync();
        await Dialog.GetByLabel("Role 1", new() { Exact = true }).SelectOptionAsync(role);
    }

    /// <summary>Clicks what the dialog is for.</summary>
    public Task ConfirmAsync(string button) => Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
