using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>The refusals that commands to a Process on an Atom share.</summary>
internal static class AttachmentRules
{
    /// <summary>What these look at, and what is known of the Process there.</summary>
    public static void Needs(AttachmentKey key, Account account, Needs needs)
    {
        needs.Atom(key.AtomId);
        needs.Attachment(key);
        if (needs.Component(key.ProcessId) && account.Component(key.ProcessId) is { } process && process.Deployment.VersionOn(key.AtomId) is > 0 and var current) needs.Manifest(new(key.ProcessId, current));
    }

    /// <summary>Why a Process does not run on an Atom; null when it does. Attached and a version: neither alone is enough.</summary>
    public static Refusal? NotDeployed(Component process, Atom atom)
    {
        if (!process.Deployment.AtomIds.Contains(atom.AtomId)) return NotDeployed(atom, $"{process.Name} is not attached to {atom.Name}.");
        return process.Deployment.VersionOn(atom.AtomId) == 0 ? NotDeployed(atom, $"{process.Name} was never deployed there.") : null;
    }

    /// <summary>Why a deployed Process can be neither scheduled nor run by hand; null when it can. What the version there says counts, not its latest revision.</summary>
    public static Refusal? Listener(Component process, Guid atomId, Account account)
    {
        var manifest = account.Manifests[new(process.ComponentId, process.Deployment.VersionOn(atomId))]!.Manifest;
        return IsListener(process.ComponentId, manifest)
            ? new(RefusalCodes.ListenerProcess, $"{process.Name} starts on incoming requests.", new ProcessesDetails([process.ComponentId]))
            : null;
    }

    public static bool IsListener(Guid processId, IEnumerable<ManifestEntry> manifest) => manifest.Any(entry => entry.ComponentId == processId && entry.StartStep == StartStep.Listener);

    private static Refusal NotDeployed(Atom atom, string message) => new(RefusalCodes.NotDeployed, message, new AtomsDetails([atom.AtomId]));
}
