using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Layout;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Atoms;

/// <summary>What ran on an Atom and what runs, newest first.</summary>
public sealed partial class ExecutionsTab : LiveComponent
{
    private const int AtOnce = 50;
    private const int Most = 500;
    private int _wanted = AtOnce;
    private AtomView? _asked;

    [Parameter, EditorRequired]
    public AtomView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public AtomAnswer Atom { get; set; } = null!;

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public Part? Kept { get; set; }

    private Part? Shown { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The Processes that are deployed here, and the one that is chosen, which need not be.</summary>
    private IEnumerable<Choice> Choices
    {
        get
        {
            foreach (var process in Shown?.Processes ?? []) yield return process;
            if (View.ProcessId is { } chosen && Shown?.Processes.All(process => process.ProcessId != chosen) != false)
                yield return new(chosen, Shown?.Items.FirstOrDefault(item => item.ProcessId == chosen)?.ProcessName ?? "the chosen Process");
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == View) return;
        var isFirst = _asked is null;
        (_asked, _wanted) = (View, AtOnce);
        Shown = isFirst ? Kept : Shown;
        if (!isFirst || Shown is null) await LoadAsync();
        if (isFirst) Kept = Shown;
    }

    protected override bool Concerns(Change change) => true;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = View;
        var page = await Api.ExecutionsAsync(new(Atom.AtomId, asked.ProcessId, asked.Status), take: _wanted, cancellation: cancellation);
        var deployed = await Api.DeployedOnAsync(Atom.AtomId, cancellation: cancellation);
        // What each was given for its run, only its own view shows.
        if (asked == View) Shown = new([.. page.Items.Select(item => item with { Properties = [] })], page.Next is not null, [.. deployed.Items.Select(process => new Choice(process.ProcessId, process.Name))]);
    }

    private Task OlderAsync()
    {
        _wanted = Math.Min(_wanted * 2, Most);
        return LoadAsync();
    }

    private void OfProcess(ChangeEventArgs change) => Narrow(View with { ProcessId = Guid.TryParse(change.Value as string, out var processId) ? processId : null });

    private void InState(ChangeEventArgs change) => Narrow(View with { Status = Enum.TryParse<ExecutionStatus>(change.Value as string, out var status) ? status : null });

    private void Narrow(AtomView view) => Navigation.GoTo(view.Address, replace: true);

    /// <summary>The newest executions, whether there are older ones, and the Processes that are deployed here.</summary>
    public sealed record Part(IReadOnlyList<ExecutionItem> Items, bool HasMore, IReadOnlyList<Choice> Processes);

    /// <summary>A Process to narrow the list to.</summary>
    public sealed record Choice(Guid ProcessId, string Name);
}
