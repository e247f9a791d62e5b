using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Attaches Atoms to a Process.</summary>
internal static class AttachVerb
{
    public static Command Create(VerbServices services)
    {
        var (process, atoms) = (VerbArguments.Process(), VerbArguments.Atoms());
        return new Verb("attach", "Attach a Process to Atoms; its current version runs there at once", "attach \"Process Orders\" \"Berlin Production\"", "attach \"Process Orders\" Berlin Chicago --reason go-live")
        {
            process, atoms,
        }.Sends(services, async (run, ct) => (
            new AttachAtoms { ProcessId = await run.Api.ProcessAsync(run.Get(process), ct), AtomIds = await run.Api.AtomsAsync(run.Get(atoms), ct) },
            $"{run.Get(process)} is attached to {string.Join(", ", run.Get(atoms))}"));
    }
}
