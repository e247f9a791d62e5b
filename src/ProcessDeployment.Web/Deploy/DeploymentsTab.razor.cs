using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Deploy;

/// <summary>Deploys, and shows every version that was: who, when, why, what changed, and how far the Atoms are with it.</summary>
public sealed partial class DeploymentsTab : LiveComponent
{
    private const int Few = 5;
    private const int AtOnce = 25;
    private const int MostKept = 200;
    private int _wanted = AtOnce;

    [Parameter, EditorRequired]
    public ProcessAnswer Process { get; set; } = null!;

    /// <summary>Shown by whoever shows this tab, so that it stays when another tab is opened.</summary>
    [Parameter, EditorRequired]
    public Submission Submission { get; set; } = null!;

    [Parameter]
    public EventCallback OnDone { get; set; }

    /// <summary>What the server put into the page; of many Atoms nothing, since the page sends it back when it comes alive.</summary>
    [PersistentState]
    public History? Kept { get; set; }

    private History? Shown { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private bool UsesEnvironments => Shown?.Attached.Any(atom => atom.EnvironmentId is not null) == true || Shown?.Versions.Any(version => version.Environments is not null) == true;

    private string? WhyNot => WhyNotNow ?? (Process.Deleted ? "It is deleted; restore it first." : null);

    protected override async Task OnInitializedAsync()
    {
        Shown = Kept;
        if (Shown is null) await LoadAsync();
        Kept = Shown?.Attached.Count <= MostKept ? Shown : null;
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var versions = new List<VersionItem>();
        string? next = null;
        do
        {
            var page = await Api.VersionsAsync(Process.ProcessId, next, AtOnce, cancellation);
            // The dialogs ask for what is in a version; a page that is open must not hold it for all.
            versions.AddRange(page.Items.Select(version => version with { Manifest = [], Targets = [] }));
            next = page.Next;
        }
        while (next is not null && versions.Count < _wanted);
        var atoms = await Api.AttachmentsAsync(Process.ProcessId, cancellation);
        Shown = new(versions, next, atoms.Attached);
    }

    private static string Number(VersionItem version) => Number(version.VersionNumber);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Task OlderAsync()
    {
        _wanted += AtOnce;
        return LoadAsync();
    }

    private async Task DeployAsync(VersionItem? again, bool promotes = false)
    {
        await Script.InvokeVoidAsync("pd.remember");
        if (await Dialogs.ConfirmAsync(Process, again?.VersionNumber, promotes) is not { } deployed)
        {
            await Script.InvokeVoidAsync("pd.comeBack");
            return;
        }

        await LoadAsync();
        Tell(deployed, promotes);
        await OnDone.InvokeAsync();
    }

    /// <summary>It was deployed over the version that was seen, or refused: so it is the next one.</summary>
    private void Tell(ConfirmDialog.Deployed deployed, bool promotes)
    {
        var (former, number) = (deployed.Former, (deployed.Former ?? 0) + 1);
        if (promotes) Submission.Show(deployed.Outcome, "Promoted. The Atoms there download it.");
        else if (UsesEnvironments) Submission.Show(deployed.Outcome, "Deployed. The Atoms there download it now.");
        else Submission.Show(
            deployed.Outcome,
            $"Version {number} is deployed. {(Process.Atoms.Count == 0 ? "It is attached to no Atom yet." : "Its Atoms download it when they hear of it.")}",
            former is { } before ? new RedeployVersion { ProcessId = Process.ProcessId, TargetVersion = before, ExpectedVersion = number }.Because(deployed.Reason) : null,
            $"Undo: deploy version {former} again");
    }

    private async Task RehearseAsync(VersionItem version)
    {
        if (await Dialogs.RehearseAsync(Process, version.VersionNumber)) await DeployAsync(version);
    }

    /// <summary>What is shown of the history.</summary>
    /// <param name="Versions">Newest first.</param>
    /// <param name="Next">Where older ones begin; null when all are here.</param>
    /// <param name="Attached">The Atoms it is attached to.</param>
    public sealed record History(IReadOnlyList<VersionItem> Versions, string? Next, IReadOnlyList<AttachedAtom> Attached)
    {
        public IEnumerable<AttachedAtom> On(int version) => Attached.Where(atom => atom.VersionNumber == version);
    }
}
