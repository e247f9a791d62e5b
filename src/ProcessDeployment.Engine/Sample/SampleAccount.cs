using System.Text;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Sample;

/// <summary>
/// A believable company: six months of commands, one CloudEvent a line, kept in the repository. Their times are moved by
/// whole weeks so that the last one lies in the past week: weekdays and working hours stay what they are.
/// </summary>
public static class SampleAccount
{
    /// <summary>The commands for an account, oldest first.</summary>
    public static IReadOnlyList<CommandEnvelope> Commands(string accountId, DateTimeOffset now)
    {
        var defaults = new CommandDefaults(accountId, Actor: null);
        var commands = Lines().Select(line => CommandParser.ParseLine(line, defaults)).OfType<ParseResult>()
            .Select(result => result.Envelope ?? throw new InvalidDataException($"The sample account holds a malformed command: {string.Join("; ", result.Errors)}"))
            .ToList();
        var weeks = (int)Math.Floor((now - commands[^1].Time!.Value).TotalDays / 7);
        return commands.ConvertAll(command => command with { Time = command.Time!.Value.AddDays(7 * weeks) });
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        using var reader = new StreamReader(typeof(SampleAccount).Assembly.GetManifestResourceStream("account.jsonl")!, Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return Encoding.UTF8.GetBytes(line);
    }
}
