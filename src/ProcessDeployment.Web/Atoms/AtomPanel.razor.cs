using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;
using ProcessDeployment.Web.Shared;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Atoms;

/// <summary>An Atom: what it is, what can be done to it, and the way to what runs there.</summary>
public sealed partial class AtomPanel : LiveComponent
{
    private static readonly (string Name, string Tab)[] Tabs =
    [
        ("Deployed Processes", AtomView.Processes), ("Executions", AtomView.Executions), ("History", AtomView.History), ("Tokens", AtomView.Tokens),
    ];

    private Submission _submission = null!;
    private EnvironmentsAnswer? _environments;

    [Parameter, EditorRequired]
    public AtomView View { get; set; } = null!;

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public Facts? Kept { get; set; }

    private Facts? Shown { get; set; }

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private Guid AtomId => View.AtomId!.Value;

    private string? WhyNot => WhyNotNow ?? _submission.WhyNot ?? (Shown?.Atom.Deleted == true ? "It is deleted." : null);

    protected override async Task OnInitializedAsync()
    {
        (_submission, Shown) = (new(Api), Kept);
        if (Shown is null) await LoadAsync();
        Kept = Shown;
    }

    protected override bool Concerns(Change change) =>
        change.Stream is not { } stream || stream.StartsWith("environment", StringComparison.Ordinal) || stream.EndsWith($"{AtomId}", StringComparison.Ordinal);

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var atom = await Api.AtomAsync(AtomId, cancellation);
        _environments = await Api.EnvironmentsAsync(cancellation);
        var place = Placing.Of(AtomId, _environments);
        Shown = new(atom, _environments.Enabled, place is null ? null : place with { Atoms = [] });
    }

    private async Task RenameAsync()
    {
        var former = Shown!.Atom;
        if (await Dialogs.RenameAsync(former) is not { } name) return;
        await SendAsync(new RenameAtom { AtomId = AtomId, Name = name }, "Renamed.", new RenameAtom { AtomId = AtomId, Name = former.Name });
    }

    private async Task PlaceAsync()
    {
        await LoadAsync();
        if (_environments is not { } environments || await Dialogs.PlaceAsync(Shown!.Atom, environments) is not { } place) return;
        var (from, to) = (Placing.Of(AtomId, environments)?.EnvironmentId, place.Environment?.EnvironmentId);
        var done = place.Environment is { } into ? $"Put into {into.Name}." : "Taken out of its environment.";
        await SendAsync(Placing.Command(AtomId, from, to), done, Placing.Command(AtomId, to, from));
    }

    private async Task DeleteAsync()
    {
        await LoadAsync();
        var atom = Shown!.Atom;
        var outcome = await Dialogs.AskAndSendAsync(
            $"Delete {atom.Name}", "Delete", new DeleteAtom { AtomId = AtomId, Force = true }, new Dictionary<Guid, string> { [AtomId] = atom.Name },
            text => text.AddContent(0, $"{Attached(atom)} What happened there stays in the history. It cannot be undone: an id is never used again."), isFinal: true);
        if (outcome is null) return;
        _submission.Show(outcome, "Deleted.");
        await LoadAsync();
    }

    private static string Attached(AtomAnswer atom) => atom.AttachedProcesses == 0
        ? "No Process is attached to it."
        : $"{Say.Count(atom.AttachedProcesses, "Process is", "Processes are")} attached to it and would be detached first.";

    private async Task SendAsync(Command command, string done, Command undo)
    {
        await _submission.SendAsync(command, done, undo);
        await LoadAsync();
    }

    /// <summary>What the head shows.</summary>
    public sealed record Facts(AtomAnswer Atom, bool InEnvironments, EnvironmentItem? Environment);
}
