using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Web.Live;

/// <summary>
/// A command on its way, and what became of it. Until there is an outcome the same is sent with the same id, so that nothing
/// happens twice. Who leaves the page does not stop it.
/// </summary>
public sealed class Submission(EngineApi api)
{
    private const string Undo = "Undo";
    private Guid _commandId;
    private Command? _command;
    private Command? _undo;

    /// <summary>What became of the last one; null before, and while nobody knows.</summary>
    public Outcome? Outcome { get; private set; }

    /// <summary>Why there is no outcome.</summary>
    public EngineException? Failed { get; private set; }

    /// <summary>What was done, in a sentence, where it was accepted.</summary>
    public string Done { get; private set; } = "";

    public bool IsSending { get; private set; }

    /// <summary>It is on its way, or nobody knows whether it arrived: what it says can no longer be changed.</summary>
    public bool IsOpen => _command is not null;

    /// <summary>What the button says that takes it back.</summary>
    public string UndoText { get; private set; } = Undo;

    /// <summary>Why no other command can be sent now; null when one can.</summary>
    public string? WhyNot => IsSending ? "One moment…" : IsOpen ? "Whether the last one arrived is not known: try that again first." : null;

    public bool CanUndo => _undo is not null && Outcome?.Status == OutcomeStatus.Accepted;

    /// <returns>The outcome; null where there is none yet, see <see cref="Failed"/>.</returns>
    /// <param name="command">What is to be done.</param>
    /// <param name="done">Says that it was done.</param>
    /// <param name="undo">What takes it back, if anything does.</param>
    public Task<Outcome?> SendAsync(Command command, string done, Command? undo = null)
    {
        // Another one waits until this one is answered: it must not take its place.
        if (IsOpen) return Task.FromResult<Outcome?>(null);
        (_commandId, _command, Done, _undo, UndoText) = (Guid.CreateVersion7(), command, done, undo, Undo);
        AtomIds = command switch { AttachAtoms attach => attach.AtomIds, DetachAtoms detach => detach.AtomIds, _ => [] };
        return AgainAsync();
    }

    /// <summary>The Atoms of what was sent last.</summary>
    public IReadOnlyList<Guid> AtomIds { get; private set; } = [];

    /// <summary>Sends what is open once more.</summary>
    public async Task<Outcome?> AgainAsync()
    {
        if (IsSending || _command is null) return null;
        (IsSending, Failed, Outcome) = (true, null, null);
        try
        {
            Outcome = await api.SendAsync(_commandId, _command);
            _command = null;
        }
        catch (EngineException e)
        {
            Failed = e;
            // What is malformed has no effect, now or later; nor has what came from somebody unknown.
            if (e is EngineProblemException { Problem.Status: 400 or 401 or 413 }) _command = null;
        }
        finally
        {
            IsSending = false;
        }

        return Outcome;
    }

    /// <summary>Shows what became of something that was sent elsewhere, such as from a dialog.</summary>
    public void Show(Outcome outcome, string done, Command? undo = null, string undoText = Undo) =>
        (Outcome, Failed, Done, _undo, UndoText) = (outcome, IsOpen ? Failed : null, done, undo, undoText);

    public Task<Outcome?> UndoAsync() => _undo is { } undo ? SendAsync(undo, $"Undone: {Done}") : Task.FromResult<Outcome?>(null);

    /// <summary>It was read.</summary>
    public void Close() => (Outcome, Failed, _undo) = (null, IsOpen ? Failed : null, null);
}
