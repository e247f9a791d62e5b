using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Access;

/// <summary>A view of the Access page: what there is, and dialogs that change it.</summary>
public abstract class AccessTab : ComponentBase
{
    [Parameter, EditorRequired]
    public AccessView View { get; set; } = null!;

    /// <summary>Shown by whoever shows this tab, so that it stays when another tab is opened.</summary>
    [Parameter, EditorRequired]
    public Submission Submission { get; set; } = null!;

    /// <summary>Why nothing can be changed here; null when it can.</summary>
    [Parameter]
    public string? WhyNot { get; set; }

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    protected IDialogService Dialogs { get; set; } = null!;

    protected bool IsClosed => WhyNot is not null;

    /// <summary>Says what became of a dialog, if it was not cancelled.</summary>
    protected async Task TellAsync(Outcome? outcome, string done)
    {
        if (outcome is null) return;
        Submission.Show(outcome, done);
        await OnDone.InvokeAsync();
    }
}
