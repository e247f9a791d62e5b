using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Import;

/// <summary>Commands that are sent together: few enough to show progress, and far below what one request may hold.</summary>
internal sealed class ImportBatch
{
    private const int MostCommands = 200;
    private const int MostCharacters = 2 * 1024 * 1024;

    private int _characters;

    public List<PlannedChange> Changes { get; } = [];

    public List<ImportCommand> Commands { get; } = [];

    /// <summary>False when it must be sent first. A single large component always fits.</summary>
    public bool TryAdd(PlannedChange change, ImportCommand command)
    {
        var characters = (command.Command as ComponentSave)?.Content?.Length ?? 0;
        if (Commands.Count == MostCommands || (Commands.Count > 0 && _characters + characters > MostCharacters)) return false;
        _characters += characters;
        Changes.Add(change);
        Commands.Add(command);
        return true;
    }
}
