using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;
using ProcessDeployment.Web.Shared;

namespace ProcessDeployment.Web.Deploy;

/// <summary>The chosen Process: what it is, why it is bold, and its attachments or its deployments.</summary>
public sealed partial class ProcessPanel : LiveComponent
{
    private const int MostKept = 300;
    private const int MostCallers = 10;
    private Submission _submission = null!;

    [Parameter, EditorRequired]
    public Guid ProcessId { get; set; }

    [Parameter, EditorRequired]
    public string Tab { get; set; } = "";

    [Parameter]
    public ProcessFilter? Filter { get; set; }

    /// <summary>What the server put into the page, unless that is much: the page sends it back when it comes alive.</summary>
    [PersistentState]
    public Facts? Kept { get; set; }

    private Facts? Shown { get; set; }

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <summary>The Processes that it calls and bundles.</summary>
    private IReadOnlyList<Reference> Calls => [.. (Shown?.Process.References ?? []).Where(reference => reference is { ComponentType: ComponentTypes.Process, Kind: ReferenceKind.Dependent })];

    private IReadOnlyList<Caller> Callers => Shown?.Callers ?? [];

    private bool ShowsDeployments => Tab == DeployAddress.Deployments;

    protected override async Task OnInitializedAsync()
    {
        (_submission, Shown) = (new(Api), Kept);
        if (Shown is null) await LoadAsync();
        Kept = Shown is { Process: { } process } && process.Reasons.Count + process.References.Count + process.Atoms.Count + Shown.Environments.Items.Sum(environment => environment.Atoms.Count) <= MostKept ? Shown : null;
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var process = await Api.ProcessAsync(ProcessId, cancellation);
        var environments = await Api.EnvironmentsAsync(ProcessId, cancellation);
        var concerned = await Api.ImpactAsync(ProcessId, take: MostCallers + 1, cancellation: cancellation);
        Shown = new(process, environments, [.. concerned.Items.Where(one => one.ProcessId != ProcessId).Take(MostCallers).Select(one => new Caller(one.ProcessId, one.Name, one.DeployedRevision))]);
    }

    private async Task RestoreAsync()
    {
        if (await Dialogs.AskAndSendAsync("Restore the Process", "Restore", new RestoreComponent { ComponentId = ProcessId }) is not null) await LoadAsync();
    }

    /// <summary>What the panel shows.</summary>
    /// <param name="Process">The Process.</param>
    /// <param name="Environments">How it stands in each environment.</param>
    /// <param name="Callers">The first by name of the Processes that bundle it.</param>
    public sealed record Facts(ProcessAnswer Process, EnvironmentsAnswer Environments, IReadOnlyList<Caller> Callers);

    /// <summary>A Process that bundles this one: at a revision now, or else after its next deployment.</summary>
    public sealed record Caller(Guid ProcessId, string Name, int? DeployedRevision);
}
