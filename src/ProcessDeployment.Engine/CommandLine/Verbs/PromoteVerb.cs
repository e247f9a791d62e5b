using System.CommandLine;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Carries a version on to another environment.</summary>
internal static class PromoteVerb
{
    public static Command Create(VerbServices services)
    {
        var (process, environment, note) = (VerbArguments.Process(), VerbArguments.Environment(), VerbArguments.Note());
        var target = new Argument<int>("version") { Description = "The version to carry on, as versions lists it; it keeps its number" };
        return new Verb("promote", "Make a version current in an environment, under the number it has", "promote \"Process Orders\" 4 Production", "promote \"Process Orders\" 4 Production --note \"Tested in week 47\"")
        {
            process, target, environment, note,
        }.Sends(services, async (run, ct) => (
            new PromoteVersion
            {
                ProcessId = await run.Api.ProcessAsync(run.Get(process), ct),
                TargetVersion = run.Get(target),
                EnvironmentId = await run.Api.EnvironmentAsync(run.Get(environment), ct),
                Note = run.Get(note),
            },
            $"Version {run.Get(target)} of {run.Get(process)} is current in {run.Get(environment)}"));
    }
}
