using System.CommandLine;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>What verbs that send one command share.</summary>
internal static class CommandVerb
{
    private const string Source = "//command-line";

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept with every event", HelpName = "text" };
    private static readonly Option<Guid?> Id = new("--id") { Description = "Command id; the same id takes effect once, however often it is sent [default: a new one]", HelpName = "uuid" };

    private static readonly Option<bool> Preview = new("--preview") { Description = "Only show what it would do: licences, Atoms, what stays bold" };

    /// <summary>Says which version came of it, for each Process, and where it runs.</summary>
    public static async Task SayVersionsAsync(VerbRun run, Outcome outcome, CancellationToken ct)
    {
        foreach (var processId in outcome.Events.Select(happened => happened.Stream.Split('/')[^1]))
        {
            var process = (await run.Api.AskAsync($"processes/{processId}", Query.None, ct)).Json;
            var current = process["currentVersion"].Text;
            // With environments an attached Atom may run another version.
            var attached = (await run.Api.AskAsync($"processes/{processId}/attachments", Query.None, ct)).Json["attached"].Items;
            var names = string.Join(", ", from atom in attached where atom["versionNumber"].Text == current select atom["name"].Text);
            run.Screen.Line($"{process["name"].Text}: version {current} {(names.Length > 0 ? $"on {names}" : "runs nowhere yet")}");
        }
    }

    /// <summary>Adds what every command takes, and sends what <paramref name="make"/> makes of the rest.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="services">What it works with.</param>
    /// <param name="make">Makes the command, and says what will be done.</param>
    /// <param name="say">Says more of what was done, once it is.</param>
    public static Verb Sends(
        this Verb verb, VerbServices services, Func<VerbRun, CancellationToken, Task<(Contracts.Commands.Command Command, string Done)>> make,
        Func<VerbRun, Outcome, CancellationToken, Task>? say = null)
    {
        verb.Add(Reason);
        verb.Add(Id);
        verb.Add(Preview);
        return verb.Does(services, async (run, ct) =>
        {
            var (command, done) = await make(run, ct);
            var message = CommandWriter.ToCloudEvent(run.Get(Id) ?? Guid.CreateVersion7(), Source, command with { AccountId = run.Account, Reason = run.Get(Reason) });
            if (run.Get(Preview)) return run.Screen.Show(await run.Api.PreviewAsync(message, ct));
            var (outcome, body) = await run.Api.SendAsync(message, ct);
            var code = run.Screen.Show(outcome, body, done);
            if (say is not null && outcome.Status == OutcomeStatus.Accepted && !run.Screen.IsJson) await say(run, outcome, ct);
            return code;
        });
    }
}
