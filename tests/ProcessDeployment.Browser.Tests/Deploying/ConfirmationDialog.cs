namespace ProcessDeployment.Browser.Tests.Deploying;

/// <summary>The Deployment Confirmation dialog.</summary>
internal sealed class ConfirmationDialog(Visitor visitor)
{
    public ILocator Dialog => visitor.Page.GetByRole(AriaRole.Dialog);

    public ILocator Title => Dialog.GetByText("Deployment Confirmation");

    public ILocator Note => Dialog.GetByLabel("Note");

    public ILocator Ok => Dialog.GetByRole(AriaRole.Button, new() { Name = "OK", Exact = true });

    public ILocator Alert => Dialog.GetByRole(AriaRole.Alert);

    /// <summary>Types a note key by key.</summary>
    public async Task TypeAsync(string note)
    {
        await Expect(Ok).ToBeEnabledAsync();
        await Note.ClickAsync();
        await Note.PressSequentiallyAsync(note);
    }

    /// <summary>Types a note and clicks OK.</summary>
    public async Task ConfirmAsync(string note)
    {
        await Note.FillAsync(note);
        await Ok.ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
    }
}
