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

    public bool CanUndo => _undo is not null && Outcome?.Status == OutcomeStatus.Accepted;

    /// <returns>The outcome; null where there is none yet, see <see cref="Failed"/>.</returns>
    /// <param name="command">What is to be done.</param>
    /// <param name="done">Says that it was done.</param>
    /// <param name="undo">What takes it back, if anything does.</param>
    public Task<Outcome?> SendAsync(Command command, string done, Command? undo = null)
    {
        if (!IsOpen) (_commandId, _command, Done, _undo) = (Guid.CreateVersion7(), command, done, undo);
        return AgainAsync();
    }

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
            // What is malformed has no effect, now or later.
            if (e is EngineProblemException { Problem.Status: 400 or 413 }) _command = null;
        }
        finally
        {
            IsSending = false;
        }

        return Outcome;
    }

    public Task<Outcome?> UndoAsync() => _undo is { } undo ? SendAsync(undo, "Undone.") : Task.FromResult<Outcome?>(null);

    /// <summary>It was read.</summary>
    public void Close() => (Outcome, Failed, _undo) = (null, null, null);
}
