using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Layout;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Atoms;

/// <summary>What an Atom is to run, and how far it is with it; the schedules of all of it can be stopped and resumed at once.</summary>
public sealed partial class DeployedTab : LiveComponent
{
    private const int AtOnce = 100;
    private const int Most = 500;
    private int _wanted = AtOnce;
    private Submission _submission = null!;
    private AtomView? _asked;

    [Parameter, EditorRequired]
    public AtomView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public AtomAnswer Atom { get; set; } = null!;

    /// <summary>Processes come to the Atom by its environment.</summary>
    [Parameter]
    public bool InEnvironments { get; set; }

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public Part? Kept { get; set; }

    private Part? Shown { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? WhyNotStop => WhyNot("No schedule is at work here.", Shown?.CanStop);

    private string? WhyNotResume => WhyNot("No schedule rests here.", Shown?.CanResume);

    /// <summary>Once where both say the same.</summary>
    private string Why => string.Join(' ', new[] { WhyNotStop, WhyNotResume }.OfType<string>().Distinct());

    protected override void OnInitialized() => _submission = new(Api);

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == View) return;
        var isFirst = _asked is null;
        _asked = View;
        Shown = isFirst ? Kept : Shown;
        if (!isFirst || Shown is null) await LoadAsync();
        if (isFirst) Kept = Shown;
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = View;
        var page = await Api.DeployedOnAsync(Atom.AtomId, asked.Name, asked.Revised ? true : null, take: _wanted, cancellation: cancellation);
        var (stop, resume) = IsPast || Atom.Deleted ? (false, false) : (await CanAsync(Stop, cancellation), await CanAsync(Resume, cancellation));
        if (asked == View) Shown = new(page.Items, page.Next is not null, stop, resume);
    }

    private StopSchedules Stop => new() { AtomId = Atom.AtomId };

    private ResumeSchedules Resume => new() { AtomId = Atom.AtomId };

    private async Task<bool> CanAsync(Command command, CancellationToken cancellation) =>
        (await Api.PreviewAsync(command, cancellation)).Outcome.Status == OutcomeStatus.Accepted;

    private string? WhyNot(string nothing, bool? can) => WhyNotNow ?? (_submission.WhyNot ?? (can == true ? null : Atom.Deleted ? "It is deleted." : nothing));

    private Task StopAsync() => SendAsync(Stop, "All schedules here are stopped.");

    private Task ResumeAsync() => SendAsync(Resume, "All schedules here are at work. What was missed meanwhile is not made up for.");

    private async Task SendAsync(Command command, string done)
    {
        await _submission.SendAsync(command, done);
        await LoadAsync();
    }

    private Task MoreAsync()
    {
        _wanted = Math.Min(_wanted + AtOnce, Most);
        return LoadAsync();
    }

    private void Find(ChangeEventArgs change) => Narrow(View with { Name = (change.Value as string) is { Length: > 0 } name ? name : null });

    private void OnlyRevised(ChangeEventArgs change) => Narrow(View with { Revised = change.Value is true });

    private void Narrow(AtomView view) => Navigation.GoTo(view.Address, replace: true);

    /// <summary>The first Processes, whether there are others, and what can be done to their schedules.</summary>
    public sealed record Part(IReadOnlyList<DeployedProcess> Processes, bool HasMore, bool CanStop, bool CanResume);
}
