using System.CommandLine;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Puts an Atom or a Process into an environment, or takes it out.</summary>
internal static class PlaceVerb
{
    public static Command Create(VerbServices services)
    {
        var environment = VerbArguments.Environment();
        var atom = new Option<string?>("--atom") { Description = "Name or id of the Atom; one that is elsewhere moves", HelpName = "atom" };
        var process = new Option<string?>("--process") { Description = "Name or id of the Process", HelpName = "process" };
        var takeOut = new Option<bool>("--out") { Description = "Take it out instead" };
        var verb = new Verb("place", "Put an Atom or a Process into an environment: every Process there runs on every Atom there", "place Production --atom Berlin", "place Production --process \"Process Orders\"", "place Production --atom Berlin --out")
        {
            environment, atom, process, takeOut,
        };
        verb.Validators.Add(result =>
        {
            if ((result.GetResult(atom) is null) == (result.GetResult(process) is null)) result.AddError("Name an Atom with --atom or a Process with --process");
        });
        return verb.Sends(services, async (run, ct) =>
        {
            var environmentId = await run.Api.EnvironmentAsync(run.Get(environment), ct);
            Contracts.Commands.Command command = (run.Get(atom), run.Get(takeOut)) switch
            {
                ({ } named, false) => new AttachAtomToEnvironment { EnvironmentId = environmentId, AtomId = await run.Api.AtomAsync(named, ct) },
                ({ } named, true) => new DetachAtomFromEnvironment { EnvironmentId = environmentId, AtomId = await run.Api.AtomAsync(named, ct) },
                (null, false) => new AttachProcessToEnvironment { EnvironmentId = environmentId, ProcessId = await run.Api.ProcessAsync(run.Get(process)!, ct) },
                (null, true) => new DetachProcessFromEnvironment { EnvironmentId = environmentId, ProcessId = await run.Api.ProcessAsync(run.Get(process)!, ct) },
            };
            return (command, $"{run.Get(atom) ?? run.Get(process)} is {(run.Get(takeOut) ? "out of" : "in")} {run.Get(environment)}");
        });
    }
}
