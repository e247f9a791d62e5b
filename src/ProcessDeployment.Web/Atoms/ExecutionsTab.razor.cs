using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
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

    private Part? Shown { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The Processes that are deployed here, and the one that is chosen, which need not be.</summary>
    private IEnumerable<(Guid ProcessId, string Name)> Choices
    {
        get
        {
            foreach (var process in Shown?.Processes ?? []) yield return (process.ProcessId, process.Name);
            if (View.ProcessId is { } chosen && Shown?.Processes.All(process => process.ProcessId != chosen) != false)
                yield return (chosen, Shown?.Items.FirstOrDefault(item => item.ProcessId == chosen)?.ProcessName ?? "the chosen Process");
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == View) return;
        (_asked, _wanted) = (View, AtOnce);
        await LoadAsync();
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = View;
        var page = await Api.ExecutionsAsync(new(Atom.AtomId, asked.ProcessId, asked.Status), take: _wanted, cancellation: cancellation);
        var deployed = await Api.DeployedOnAsync(Atom.AtomId, cancellation: cancellation);
        if (asked == View) Shown = new(page.Items, page.Next is not null, deployed.Items);
    }

    private Task OlderAsync()
    {
        _wanted = Math.Min(_wanted * 2, Most);
        return LoadAsync();
    }

    private void OfProcess(ChangeEventArgs change) => Narrow(View with { ProcessId = Guid.TryParse(change.Value as string, out var processId) ? processId : null });

    private void InState(ChangeEventArgs change) => Narrow(View with { Status = Enum.TryParse<ExecutionStatus>(change.Value as string, out var status) ? status : null });

    private void Narrow(AtomView view) => Navigation.NavigateTo(view.Address, replace: true);

    private sealed record Part(IReadOnlyList<ExecutionItem> Items, bool HasMore, IReadOnlyList<DeployedProcess> Processes);
}
