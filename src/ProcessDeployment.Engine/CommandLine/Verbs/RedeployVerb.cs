using System.CommandLine;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Deploys an earlier version again.</summary>
internal static class RedeployVerb
{
    public static Command Create(VerbServices services)
    {
        var (process, note) = (VerbArguments.Process(), VerbArguments.Note());
        var environment = VerbArguments.InEnvironment("Where the new version becomes current [default: the first environment]");
        var target = new Argument<int>("version") { Description = "The version to deploy again, as versions lists it" };
        return new Verb("redeploy", "Deploy an earlier version again, as a new version", "redeploy \"Process Orders\" 4", "redeploy \"Process Orders\" 4 --note \"The new mapping loses discounts\"")
        {
            process, target, note, environment,
        }.Sends(services, async (run, ct) => (
            new RedeployVersion { ProcessId = await run.Api.ProcessAsync(run.Get(process), ct), TargetVersion = run.Get(target), EnvironmentId = await run.EnvironmentAsync(environment, ct), Note = run.Get(note) },
            $"Version {run.Get(target)} of {run.Get(process)} is deployed again"), CommandVerb.SayVersionsAsync);
    }
}
