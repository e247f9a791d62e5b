using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Counts what became of the lines of a file, and says of those that failed why, the first of them.</summary>
internal sealed class SendTally(Screen screen)
{
    private const int MostShown = 20;
    private int _accepted, _unchanged, _refused, _malformed, _replayed;

    public int ExitCode => _malformed > 0 && _accepted + _unchanged + _refused == 0 ? ExitCodes.Malformed
        : _malformed + _refused > 0 ? ExitCodes.Refused
        : ExitCodes.Ok;

    public void Judged(int line, Outcome outcome)
    {
        if (outcome.Replayed) _replayed++;
        switch (outcome.Status)
        {
            case OutcomeStatus.Accepted: _accepted++; break;
            case OutcomeStatus.Unchanged: _unchanged++; break;
            default:
                _refused++;
                Failed($"Line {line}: {Outcomes.Refused(outcome.Refusal!)}");
                break;
        }
    }

    public void Malformed(int line, IEnumerable<string> errors)
    {
        _malformed++;
        Failed($"Line {line} is malformed: {string.Join("; ", errors)}");
    }

    public void Show()
    {
        if (_refused + _malformed > MostShown) screen.Fail($"… and {_refused + _malformed - MostShown} more lines failed; --json prints what became of each.");
        var text = $"{_accepted} accepted, {_unchanged} unchanged, {_refused} refused, {_malformed} malformed{(_replayed > 0 ? $"; {_replayed} of them were sent before" : "")}";
        if (screen.IsJson) screen.Say(text);
        else screen.Line(text);
    }

    private void Failed(string text)
    {
        if (_refused + _malformed <= MostShown) screen.Fail(text);
    }
}
