using System.CommandLine;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Moves a Process between Atoms as one change.</summary>
internal static class MoveVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        var from = new Option<string[]>("--from") { Description = "Atoms to leave", HelpName = "atom", Required = true, AllowMultipleArgumentsPerToken = true };
        var to = new Option<string[]>("--to") { Description = "Atoms to go to", HelpName = "atom", Required = true, AllowMultipleArgumentsPerToken = true };
        return new Verb("move", "Move a Process from Atoms to others in one step, also where no licence is free", "move \"Process Orders\" --from Berlin --to Chicago")
        {
            process, from, to,
        }.Sends(services, async (run, ct) => (
            new MoveProcess
            {
                ProcessId = await run.Api.ProcessAsync(run.Get(process), ct),
                FromAtomIds = await run.Api.AtomsAsync(run.Get(from)!, ct),
                ToAtomIds = await run.Api.AtomsAsync(run.Get(to)!, ct),
            },
            $"{run.Get(process)} moved to {string.Join(", ", run.Get(to)!)}"));
    }
}
