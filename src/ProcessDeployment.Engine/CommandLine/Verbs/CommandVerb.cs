using System.CommandLine;
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

    /// <summary>Adds what every command takes, and sends what <paramref name="make"/> makes of the rest.</summary>
    public static Verb Sends(this Verb verb, VerbServices services, Func<VerbRun, CancellationToken, Task<(Contracts.Commands.Command Command, string Done)>> make)
    {
        verb.Add(Reason);
        verb.Add(Id);
        return verb.Does(services, async (run, ct) =>
        {
            var (command, done) = await make(run, ct);
            var (outcome, body) = await run.Api.SendAsync(
                CommandWriter.ToCloudEvent(run.Get(Id) ?? Guid.CreateVersion7(), Source, command with { AccountId = run.Account, Reason = run.Get(Reason) }), ct);
            return run.Screen.Show(outcome, body, done);
        });
    }
}
