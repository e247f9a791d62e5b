using MudBlazor;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Atoms;

/// <summary>Opens the dialogs of the Atom Management page.</summary>
internal static class AtomDialogs
{
    /// <returns>The new Atom; null when it was cancelled.</returns>
    public static async Task<Guid?> RegisterAsync(this IDialogService dialogs) => (await ResultAsync(await dialogs.ShowAsync<RegisterDialog>("Register an Atom"))) as Guid?;

    /// <returns>The new name; null when it was cancelled.</returns>
    public static async Task<string?> RenameAsync(this IDialogService dialogs, AtomAnswer atom) =>
        (await ResultAsync(await dialogs.ShowAsync<RenameDialog>("Rename the Atom", new DialogParameters<RenameDialog> { { shown => shown.Atom, atom } }))) as string;

    /// <returns>Where it is to be; null when it was cancelled.</returns>
    public static async Task<Place?> PlaceAsync(this IDialogService dialogs, AtomAnswer atom, EnvironmentsAnswer environments) => (await ResultAsync(await dialogs.ShowAsync<PlaceDialog>(
        "Environment of the Atom", new DialogParameters<PlaceDialog> { { shown => shown.Atom, atom }, { shown => shown.Environments, environments } }))) as Place;

    private static async Task<object?> ResultAsync(IDialogReference dialog) => await dialog.Result is { Canceled: false } result ? result.Data : null;

    /// <summary>An environment for an Atom; none to take it out of the one it is in.</summary>
    public sealed record Place(EnvironmentItem? Environment);
}
