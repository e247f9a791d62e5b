using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Web.Shared;

/// <summary>Asks before a command is sent.</summary>
internal static class CommandDialogs
{
    /// <param name="dialogs">Opens it.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="act">What the button says.</param>
    /// <param name="command">What is sent.</param>
    /// <param name="atoms">The Atoms that may occur, by id.</param>
    /// <param name="words">What is to be said before.</param>
    /// <param name="isFinal">It cannot be undone.</param>
    /// <returns>What became of it; null when it was cancelled.</returns>
    public static async Task<Outcome?> AskAndSendAsync(
        this IDialogService dialogs, string title, string act, Command command, IReadOnlyDictionary<Guid, string>? atoms = null, RenderFragment? words = null, bool isFinal = false)
    {
        var dialog = await dialogs.ShowAsync<CommandDialog>(title, new DialogParameters<CommandDialog>
        {
            { shown => shown.Command, command }, { shown => shown.Act, act },
            { shown => shown.Atoms, atoms ?? new Dictionary<Guid, string>() }, { shown => shown.ChildContent, words }, { shown => shown.IsFinal, isFinal },
        });
        return (await dialog.Result)?.Data as Outcome;
    }

    /// <param name="dialogs">Opens it.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="act">What the button says.</param>
    /// <param name="command">What takes something away.</param>
    /// <param name="words">What it means.</param>
    /// <returns>What became of it; null when it was cancelled.</returns>
    public static Task<Outcome?> ActAsync(this IDialogService dialogs, string title, string act, Command command, string words) => dialogs.FillInAsync(
        title, new DialogParameters<ActDialog> { { shown => shown.Command, command }, { shown => shown.Act, act }, { shown => shown.Words, words } });

    /// <summary>Opens a form that sends its command itself.</summary>
    /// <returns>What became of it; null when it was cancelled.</returns>
    public static async Task<Outcome?> FillInAsync<T>(this IDialogService dialogs, string title, DialogParameters<T> parameters)
        where T : IComponent => (await (await dialogs.ShowAsync<T>(title, parameters)).Result)?.Data as Outcome;
}
