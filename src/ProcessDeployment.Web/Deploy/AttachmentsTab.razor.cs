using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Deploy;

/// <summary>Attaches and detaches Atoms: what it would mean is shown before the click, what it meant after it.</summary>
public sealed partial class AttachmentsTab : LiveComponent
{
    private const int MostKept = 200;
    private const int Few = 3;
    private readonly HashSet<Guid> _toAttach = [];
    private readonly HashSet<Guid> _toDetach = [];
    private Preview? _attachPreview;
    private Preview? _detachPreview;
    private string? _meanwhile;
    private bool _isAsked;
    private string _reason = "";

    [Parameter, EditorRequired]
    public ProcessAnswer Process { get; set; } = null!;

    /// <summary>Shown by whoever shows this tab, so that it stays when another tab is opened.</summary>
    [Parameter, EditorRequired]
    public Submission Submission { get; set; } = null!;

    [Parameter]
    public EventCallback OnDone { get; set; }

    /// <summary>What the server put into the page; of many Atoms nothing, since the page sends it back when it comes alive.</summary>
    [PersistentState]
    public AttachmentsAnswer? Kept { get; set; }

    private AttachmentsAnswer? Atoms { get; set; }

    private bool IsBusy => WhyNotNow is not null || Submission.IsOpen;

    private Dictionary<Guid, string> Names => Atoms is null ? [] : Atoms.Unattached.Concat(Atoms.Attached).ToDictionary(atom => atom.AtomId, atom => atom.Name);

    private string? WhyNotAttach => WhyNot(_toAttach, _attachPreview, "Select the Atoms to attach.");

    private string? WhyNotDetach => WhyNot(_toDetach, _detachPreview, "Select the Atoms to detach.");

    protected override async Task OnInitializedAsync()
    {
        Atoms = Kept;
        if (Atoms is null) await LoadAsync();
        Kept = Atoms is { } atoms && atoms.Attached.Count + atoms.Unattached.Count <= MostKept ? atoms : null;
    }

    /// <summary>What was selected stays selected, as long as it is there.</summary>
    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var names = Names;
        HashSet<Guid> selected = [.. _toAttach, .. _toDetach];
        Atoms = await Api.AttachmentsAsync(Process.ProcessId, cancellation);
        _toAttach.IntersectWith(Atoms.Unattached.Select(atom => atom.AtomId));
        _toDetach.IntersectWith(Atoms.Attached.Select(atom => atom.AtomId));
        selected.ExceptWith(_toAttach.Concat(_toDetach));
        // What was done here is told by its answer.
        selected.ExceptWith(Submission.AtomIds);
        if (selected.Count > 0) _meanwhile = string.Join(", ", selected.Select(atomId => names.GetValueOrDefault(atomId)));
        await ForeseeAsync(_toAttach, Attach, preview => _attachPreview = preview);
        await ForeseeAsync(_toDetach, Detach, preview => _detachPreview = preview);
    }

    private string? WhyNot(HashSet<Guid> chosen, Preview? preview, string none) => WhyNotNow ?? Submission.WhyNot ?? (chosen.Count, preview) switch
    {
        (0, _) => none,
        ( > Limits.Ids, _) => $"At most {Limits.Ids} at once.",
        (_, null) => "Looking at what it would mean…",
        (_, { Outcome.Refusal: { } refusal }) => $"It would be refused. {refusal.Message}",
        _ when _isAsked && string.IsNullOrWhiteSpace(_reason) => Reasons.Missing,
        _ => null,
    };

    private Task ForeseeAttachAsync()
    {
        _meanwhile = null;
        _attachPreview = null;
        return TryAsync(() => ForeseeAsync(_toAttach, Attach, preview => _attachPreview = preview));
    }

    private Task ForeseeDetachAsync()
    {
        _meanwhile = null;
        _detachPreview = null;
        return TryAsync(() => ForeseeAsync(_toDetach, Detach, preview => _detachPreview = preview));
    }

    private async Task ForeseeAsync(HashSet<Guid> chosen, Func<IEnumerable<Guid>, Command> command, Action<Preview?> show)
    {
        Guid[] asked = [.. chosen];
        var (preview, isAsked) = asked.Length is 0 or > Limits.Ids ? default((Preview?, bool)) : await Api.ForeseeAsync(command(asked), Left);
        // Meanwhile something else may have been selected, which asks for itself.
        if (!chosen.SetEquals(asked)) return;
        if (preview is not null) _isAsked = isAsked;
        show(preview);
    }

    private Task AttachAsync() => SendAsync(Attach(_toAttach), $"Attached {Named(_toAttach)}.{(Process.CurrentVersion is null ? " Next: deploy a version." : "")}", Detach(_toAttach));

    private Task DetachAsync() => SendAsync(Detach(_toDetach), $"Detached {Named(_toDetach)}.", Attach(_toDetach) with { ResumeSchedules = true });

    private string Named(HashSet<Guid> atomIds) => atomIds.Count <= Few ? string.Join(", ", atomIds.Select(atomId => Names.GetValueOrDefault(atomId))) : Say.Count(atomIds.Count, "Atom");

    private AttachAtoms Attach(IEnumerable<Guid> atomIds) => new() { ProcessId = Process.ProcessId, AtomIds = [.. atomIds] };

    private DetachAtoms Detach(IEnumerable<Guid> atomIds) => new() { ProcessId = Process.ProcessId, AtomIds = [.. atomIds] };

    private async Task SendAsync(Command command, string done, Command undo)
    {
        // What was sent is no longer selected, and that needs no telling; what was refused is.
        if (await Submission.SendAsync(command.Because(_reason), done, undo.Because(_reason)) is { Refusal: null }) (command is AttachAtoms ? _toAttach : _toDetach).Clear();
        await DoneAsync();
    }

    private async Task DoneAsync()
    {
        await LoadAsync();
        await OnDone.InvokeAsync();
    }
}
