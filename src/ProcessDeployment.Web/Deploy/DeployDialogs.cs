using MudBlazor;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Deploy;

/// <summary>Opens the dialogs of the Deploy page.</summary>
internal static class DeployDialogs
{
    /// <returns>What became of it; null when it was cancelled.</returns>
    public static async Task<ConfirmDialog.Deployed?> ConfirmAsync(this IDialogService dialogs, ProcessAnswer process, int? targetVersion, bool promotes = false)
    {
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(
            "Deployment Confirmation",
            new DialogParameters<ConfirmDialog> { { shown => shown.Opened, process }, { shown => shown.TargetVersion, targetVersion }, { shown => shown.Promotes, promotes } });
        return (await dialog.Result)?.Data as ConfirmDialog.Deployed;
    }

    /// <returns>Whether it is to be deployed now.</returns>
    public static async Task<bool> RehearseAsync(this IDialogService dialogs, ProcessAnswer process, int version)
    {
        var dialog = await dialogs.ShowAsync<RehearsalDialog>(
            FormattableString.Invariant($"Rehearsal: re-deploying version {version}"), new DialogParameters<RehearsalDialog> { { shown => shown.Process, process }, { shown => shown.VersionNumber, version } });
        return (await dialog.Result) is { Canceled: false };
    }

    public static Task CompareAsync(this IDialogService dialogs, ProcessAnswer process, string? from, string? to, Guid? componentId) => dialogs.ShowAsync<CompareDialog>(
        "What changed",
        new DialogParameters<CompareDialog> { { shown => shown.Process, process }, { shown => shown.From, from }, { shown => shown.To, to }, { shown => shown.ComponentId, componentId } },
        new DialogOptions { MaxWidth = MaxWidth.Large, FullWidth = true, CloseOnEscapeKey = true });

    public static Task ComponentsAsync(this IDialogService dialogs, ProcessAnswer process, int version) => dialogs.ShowAsync<ComponentsDialog>(
        FormattableString.Invariant($"Components in version {version}"), new DialogParameters<ComponentsDialog> { { shown => shown.Process, process }, { shown => shown.VersionNumber, version } });
}
