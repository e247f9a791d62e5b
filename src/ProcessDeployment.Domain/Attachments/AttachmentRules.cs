using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>The refusals that commands to a Process on an Atom share.</summary>
internal static class AttachmentRules
{
    /// <summary>Why a Process does not run on an Atom; null when it does. Attached and a version: neither alone is enough.</summary>
    public static Refusal? NotDeployed(Component process, Atom atom)
    {
        if (!process.Deployment.AtomIds.Contains(atom.AtomId)) return NotDeployed(atom, $"{process.Name} is not attached to {atom.Name}.");
        return process.Deployment.CurrentVersion == 0 ? NotDeployed(atom, $"{process.Name} was never deployed.") : null;
    }

    private static Refusal NotDeployed(Atom atom, string message) => new(RefusalCodes.NotDeployed, message, new AtomsDetails([atom.AtomId]));
}
