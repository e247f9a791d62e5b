using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Deploy;

/// <summary>
/// The last look before a deployment: what it would do, or why it would be refused, and what others did meanwhile.
/// </summary>
public sealed partial class ConfirmDialog : LiveComponent
{
    private Submission _submission = null!;
    private ProcessAnswer? _process;
    private int? _seen;
    private int? _former;
    private Preview? _preview;
    private bool _isAsked;
    private string _reason = "";
    private DiffAnswer? _diff;
    private EnvironmentsAnswer? _environments;
    private Guid? _environmentId;
    private MudTextField<string> _field = null!;
    private string? _note;

    /// <summary>The Process as it was when the dialog was asked for.</summary>
    [Parameter, EditorRequired]
    public ProcessAnswer Opened { get; set; } = null!;

    /// <summary>The version to deploy again; null for the latest revision.</summary>
    [Parameter]
    public int? TargetVersion { get; set; }

    /// <summary>Carry the version on to another environment, under the number it has.</summary>
    [Parameter]
    public bool Promotes { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private ProcessAnswer Process => _process ?? Opened;

    private string Kept => $"note-{Opened.ProcessId}-{TargetVersion}-{Promotes}";

    private EnvironmentItem? Environment => _environments?.Items.FirstOrDefault(environment => environment.EnvironmentId == _environmentId);

    /// <summary>The version that is current where this goes to.</summary>
    private int? Current => _environments is { Enabled: true } ? Environment?.Processes.FirstOrDefault(process => process.ProcessId == Opened.ProcessId)?.VersionNumber : Process.CurrentVersion;

    private bool IsOvertaken => !IsFixed && Current != _seen;

    /// <summary>It is on its way, or nobody knows whether it arrived: what it says can no longer be changed.</summary>
    private bool IsFixed => _submission.IsOpen || _submission.Outcome is { Refusal: null };

    private string? WhyNot => this switch
    {
        { _submission.IsSending: true } => "Deploying…",
        { IsFixed: true } => null,
        _ when WhyNotNow is { } why => why,
        { _environments.Enabled: true, Environment: null } => "Choose the environment.",
        { IsOvertaken: true } => "Somebody deployed meanwhile, see above.",
        { _preview: null } => Trouble is null ? "Looking at what it would mean…" : "What it would mean cannot be shown now.",
        { _preview.Outcome.Refusal: not null } => "It would be refused, see above.",
        { _isAsked: true } when string.IsNullOrWhiteSpace(_reason) => Reasons.Missing,
        _ => null,
    };

    protected override Task OnInitializedAsync()
    {
        (_submission, _seen) = (new(Api), Opened.CurrentVersion);
        return LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await _field.FocusAsync();
        // From before a connection was lost for good.
        var kept = await Script.InvokeAsync<string?>("pd.kept", Kept);
        if (string.IsNullOrEmpty(kept) || !string.IsNullOrEmpty(_note)) return;
        _note = kept;
        StateHasChanged();
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        if (IsFixed) return;
        _environments = await Api.EnvironmentsAsync(Opened.ProcessId, cancellation);
        _process = await Api.ProcessAsync(Opened.ProcessId, cancellation);
        if (_environments.Enabled && _environmentId is null) Choose(_environments.Items.Count > 0 ? _environments.Items[Promotes ? _environments.Items.Count - 1 : 0].EnvironmentId : null);
        var asked = (_environmentId, Current);
        var (preview, isAsked) = await Api.ForeseeAsync(ToCommand(note: null), cancellation);
        var diff = Current is { } current ? await Api.DiffAsync(Opened.ProcessId, Number(current), TargetVersion is { } target ? Number(target) : "latest", cancellation: cancellation) : null;
        // Meanwhile another environment may have been chosen, which asks for itself.
        if (asked == (_environmentId, Current)) (_preview, _isAsked, _diff) = (preview, isAsked, diff);
    }

    /// <summary>With what is shown here: should it be otherwise by then, it is refused and shown again.</summary>
    private Command ToCommand(string? note)
    {
        if (Promotes) return new PromoteVersion { ProcessId = Opened.ProcessId, TargetVersion = TargetVersion ?? 0, EnvironmentId = _environmentId ?? Guid.Empty, Note = note };
        var expected = Current ?? 0;
        return TargetVersion is { } target
            ? new RedeployVersion { ProcessId = Opened.ProcessId, TargetVersion = target, Note = note, EnvironmentId = _environmentId, ExpectedVersion = expected }
            : new DeployProcess { ProcessId = Opened.ProcessId, Note = note, EnvironmentId = _environmentId, ExpectedVersion = expected, ExpectedRevision = Process.LatestRevision };
    }

    private async Task SendAsync()
    {
        // It stays until there is an answer: whoever asked for it is told by it.
        await Dialog.SetOptionsAsync(Dialog.Options with { CloseOnEscapeKey = false });
        if (!_submission.IsOpen) _former = Current;
        var outcome = await (_submission.IsOpen ? _submission.AgainAsync() : _submission.SendAsync(ToCommand(string.IsNullOrWhiteSpace(_note) ? null : _note.Trim()).Because(_reason), ""));
        if (outcome is { Refusal: null })
        {
            // Whatever becomes of the browser, this is over.
            Dialog.Close(DialogResult.Ok(new Deployed(outcome, _former, _reason)));
            await ForgetAsync();
            return;
        }

        await LoadAsync();
    }

    private static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);

    private Task PressedAsync(KeyboardEventArgs pressed) => pressed is { Key: "Enter", CtrlKey: true } && WhyNot is null ? SendAsync() : Task.CompletedTask;

    private async Task GoOnAsync()
    {
        _seen = Current;
        await _field.FocusAsync();
    }

    private Task ChooseAsync(ChangeEventArgs change)
    {
        Choose(Guid.TryParse(change.Value as string, out var environmentId) ? environmentId : null);
        _preview = null;
        return LoadAsync();
    }

    /// <summary>What is current there was not looked at before.</summary>
    private void Choose(Guid? environmentId)
    {
        _environmentId = environmentId;
        _seen = Current;
    }

    private Task CancelAsync()
    {
        Dialog.Cancel();
        return ForgetAsync();
    }

    private async Task ForgetAsync()
    {
        try
        {
            await Script.InvokeVoidAsync("pd.forget", Kept);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // Then the note is offered once more.
        }
    }

    /// <summary>What was deployed, what was current there before, and why, where the account asks for that.</summary>
    public sealed record Deployed(Outcome Outcome, int? Former, string Reason);
}
