using System.CommandLine;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Deploys the latest revision of one Process, or of several in one step.</summary>
internal static class DeployVerb
{
    public static Command Create(VerbServices services)
    {
        var processes = new Argument<string[]>("processes") { Description = "Names or ids of the Processes; several are deployed in one step, all or none", Arity = ArgumentArity.OneOrMore };
        var note = VerbArguments.Note();
        var onlyIfChanged = new Option<bool>("--only-if-changed") { Description = "Refuse when nothing changed since the current version (one Process)" };
        return new Verb("deploy", "Deploy the latest revision of Processes as their next version", "deploy \"Process Orders\" --note \"Retry failed orders\"", "deploy \"Process Orders\" Invoices --note \"Release 26.47\"")
        {
            processes, note, onlyIfChanged,
        }.Sends(services, async (run, ct) =>
        {
            var ids = new List<Guid>();
            foreach (var process in run.Get(processes)) ids.Add(await run.Api.ProcessAsync(process, ct));
            Contracts.Commands.Command command = ids is [var one]
                ? new DeployProcess { ProcessId = one, Note = run.Get(note), OnlyIfChanged = run.Get(onlyIfChanged) ? true : null }
                : new DeployProcesses { ProcessIds = ids, Note = run.Get(note) };
            return (command, $"Deployed {string.Join(", ", run.Get(processes))}");
        }, CommandVerb.SayVersionsAsync);
    }
}
