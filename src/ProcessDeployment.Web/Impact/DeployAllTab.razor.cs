using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Impact;

/// <summary>Deploys all Processes that are bold because of a component, one by one, after a look at what that would mean.</summary>
public sealed partial class DeployAllTab : LiveComponent
{
    private const int AtOnce = 500;
    private readonly HashSet<Guid> _left = [];
    private IReadOnlyList<AffectedProcess>? _affected;
    private bool _hasMore;
    private Preview? _together;
    private EnvironmentsAnswer? _environments;
    private Guid? _environmentId;
    private Guid? _detailed;
    private string? _note;
    private string _reason = "";
    private DeployRun? _run;

    [Parameter, EditorRequired]
    public ComponentAnswer Component { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <summary>A hundred previews are not made for each change.</summary>
    protected override TimeSpan Pace => TimeSpan.FromSeconds(10);

    private string Kept => $"note-all-{Component.ComponentId}";

    private IReadOnlyList<AffectedProcess> Chosen => [.. (_affected ?? []).Where(process => !_left.Contains(process.Process.ProcessId))];

    private bool IsAsked => Chosen.Any(process => process.IsAsked);

    private string? WhyNot => WhyNotNow ?? Chosen switch
    {
        { Count: 0 } => "Tick the Processes to deploy.",
        var chosen when chosen.Any(process => process.Preview is null) => Trouble is null ? "Looking at what it would mean…" : "What it would mean cannot be shown now.",
        var chosen when chosen.All(process => process.WouldBeRefused) => "Each of them would be refused.",
        _ when IsAsked && string.IsNullOrWhiteSpace(_reason) => Reasons.Missing,
        _ => null,
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        // What it would mean is asked by a page that is alive, not for the one the server puts together.
        await LoadAsync();
        var kept = await Script.InvokeAsync<string?>("pd.kept", Kept);
        if (!string.IsNullOrEmpty(kept) && string.IsNullOrEmpty(_note)) _note = kept;
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        _run?.Stop();
        base.Dispose(disposing);
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        // What is confirmed is what was looked at.
        if (_run is not null || IsPast) return;
        _environments ??= await Api.EnvironmentsAsync(cancellation);
        if (_environments.Enabled) _environmentId ??= _environments.Items.OrderBy(environment => environment.Order).FirstOrDefault()?.EnvironmentId;
        var environmentId = _environmentId;
        await FindAsync(cancellation);
        StateHasChanged();
        foreach (var process in _affected ?? [])
        {
            await process.ForeseeAsync(environmentId, cancellation);
            // Meanwhile another was chosen, which asks for itself.
            if (environmentId != _environmentId) return;
            StateHasChanged();
        }

        await ForeseeTogetherAsync(cancellation);
    }

    private async Task FindAsync(CancellationToken cancellation)
    {
        var (found, next) = (new List<AffectedProcess>(), (string?)null);
        do
        {
            var page = await Api.ImpactAsync(Component.ComponentId, next, AtOnce, cancellation);
            found.AddRange(
                from item in page.Items
                let because = item.BoldBecauseOf(Component.ComponentId)
                where because is not null
                select new AffectedProcess(Api, item, because, _affected?.FirstOrDefault(before => before.Process.ProcessId == item.ProcessId)));
            next = page.Next;
        }
        while (next is not null && found.Count <= Limits.Ids);
        (_affected, _hasMore) = ([.. found.Take(Limits.Ids)], found.Count > Limits.Ids || next is not null);
    }

    /// <summary>Each by itself may find licences that all of them do not.</summary>
    private async Task ForeseeTogetherAsync(CancellationToken cancellation)
    {
        Guid[] chosen = [.. Chosen.Select(process => process.Process.ProcessId)];
        var together = chosen.Length < 2 ? null : (await Api.ForeseeAsync(new DeployProcesses { ProcessIds = chosen, EnvironmentId = _environmentId }, cancellation)).Preview;
        if (chosen.SequenceEqual(Chosen.Select(process => process.Process.ProcessId))) _together = together;
    }

    private Task ChooseAsync(Guid processId, bool isChosen)
    {
        if (isChosen) _left.Remove(processId);
        else _left.Add(processId);
        _together = null;
        return TryAsync(() => ForeseeTogetherAsync(Left));
    }

    private Task ChooseEnvironmentAsync(ChangeEventArgs change)
    {
        // What it would mean elsewhere says nothing of here.
        (_environmentId, _affected, _together) = (Guid.TryParse(change.Value as string, out var environmentId) ? environmentId : null, null, null);
        return LoadAsync();
    }

    private async Task DeployAsync()
    {
        _run ??= new(Chosen, string.IsNullOrWhiteSpace(_note) ? null : _note.Trim(), _reason, _environmentId);
        await _run.GoOnAsync(StateHasChanged);
        if (_run.IsOver) await Script.InvokeVoidAsync("pd.forget", Kept);
    }

    private Task CloseAsync()
    {
        (_run, _affected, _together, _note) = (null, null, null, _run?.IsOver == true ? null : _note);
        return LoadAsync();
    }
}
