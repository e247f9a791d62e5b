using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>Counts what became of each file and keeps what is to be said about it.</summary>
internal sealed class ImportTally
{
    private int _saved, _deleted, _unchanged, _refused, _broken;

    public List<ImportMessage> Messages { get; } = [];

    public long? Position { get; private set; }

    public void Broken(string file, string why)
    {
        _broken++;
        Messages.Add(ImportMessage.Error(file, why));
    }

    public void Planned(ImportPlan plan)
    {
        _unchanged += plan.Unchanged;
        Messages.AddRange(plan.Messages);
    }

    public void Sent(ImportedComponent component, Outcome outcome)
    {
        switch (outcome.Status)
        {
            case OutcomeStatus.Refused:
                _refused++;
                Messages.Add(ImportMessage.Error(component.File, $"{component.Name} was refused ({outcome.Refusal?.Code}): {outcome.Refusal?.Message}"));
                break;
            case OutcomeStatus.Unchanged:
                _unchanged++;
                break;
            default:
                // Saved by an earlier run that this one did not see.
                if (outcome.Replayed) _unchanged++;
                else if (component.Deleted) _deleted++;
                else _saved++;
                break;
        }

        Messages.AddRange(outcome.Warnings.Select(warning => ImportMessage.Warning(component.File, warning.Message)));
    }

    public void Reached(long position) => Position = Math.Max(Position ?? 0, position);

    public ImportReport Report(int files) => new()
    {
        Files = files,
        Saved = _saved,
        Deleted = _deleted,
        Unchanged = _unchanged,
        Refused = _refused,
        Broken = _broken,
        Position = Position,
        Messages = [.. Messages.OrderBy(message => message.File, StringComparer.Ordinal)],
    };
}
