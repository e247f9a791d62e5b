using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.CommandLine.Api;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Detaches Atoms from a Process.</summary>
internal static class DetachVerb
{
    public static Command Create(VerbServices services)
    {
        var (process, atoms) = (VerbArguments.Process(), VerbArguments.Atoms());
        return new Verb("detach", "Detach a Process from Atoms: it no longer runs there; its versions stay", "detach \"Process Orders\" \"Berlin Production\" --reason moved")
        {
            process, atoms,
        }.Sends(services, async (run, ct) => (
            new DetachAtoms { ProcessId = await run.Api.ProcessAsync(run.Get(process), ct), AtomIds = await run.Api.AtomsAsync(run.Get(atoms), ct) },
            $"{run.Get(process)} is detached from {string.Join(", ", run.Get(atoms))}"));
    }
}
