using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Processes;

/// <summary>What a deploy would pin: the newest revision of a Process and of everything in its closure (R9).</summary>
internal sealed record Snapshot(Component Process, IReadOnlyList<ManifestEntry> Manifest, string Digest, string ContentDigest)
{
    /// <summary>The snapshot, or why there is none. All of the closure must have been looked up.</summary>
    public static (Snapshot? Snapshot, Refusal? Refusal) Take(Guid processId, Account account)
    {
        var (components, refusal) = Closure.Of(processId, account);
        if (refusal is not null) return (null, refusal);
        List<ManifestEntry> manifest = [.. components.Select(Pin)];
        return (new(components[0], manifest, Digests.Digest(manifest), Digests.ContentDigest(manifest)), null);
    }

    /// <summary>What the licences of the Process become when this is deployed on the Atoms attached now; in that environment, where one is named.</summary>
    public DeploymentChange Change(Guid? environmentId) => Change(Process, Manifest, environmentId);

    public static DeploymentChange Change(Component process, IEnumerable<ManifestEntry> manifest, Guid? environmentId)
    {
        var (before, connections) = (process.Deployment, LicensedConnection.In(manifest));
        return new(process.ComponentId, before, environmentId is { } id
            ? before.With(id, here => here.Running(before.CurrentVersion + 1, connections))
            : before with { Connections = connections });
    }

    /// <summary>The version that what is deployed takes the place of: the current one, in an environment the one that is current there; 0 for none.</summary>
    public static int Replaced(Deployment deployment, Guid? environmentId) => environmentId is { } id ? deployment.In(id).CurrentVersion : deployment.CurrentVersion;

    public VersionDeployed Deployed(Account account, Guid? environmentId, string? note, LicenceAudit audit) =>
        Deployed(Process, account, environmentId, new(Digest, ContentDigest, Manifest), note, audit);

    public static VersionDeployed Deployed(Component process, Account account, Guid? environmentId, DeployedManifest pinned, string? note, LicenceAudit audit) => new()
    {
        ProcessId = process.ComponentId,
        VersionNumber = process.Deployment.CurrentVersion + 1,
        Note = note,
        IdenticalTo = account.Versions[process.ComponentId]
            .LastOrDefault(version => string.Equals(version.ContentDigest, pinned.ContentDigest, StringComparison.Ordinal))?.VersionNumber,
        Digest = pinned.Digest,
        ContentDigest = pinned.ContentDigest,
        Manifest = pinned.Manifest,
        Targets = [TargetOf(process.Deployment, environmentId)],
        Audit = audit,
    };

    /// <summary>Where a version becomes effective.</summary>
    public static DeploymentTarget TargetOf(Deployment deployment, Guid? environmentId) =>
        new(environmentId, [.. environmentId is { } id ? deployment.In(id).AtomIds : deployment.AtomIds]);

    /// <summary>What <see cref="Warnings"/> and <see cref="Accepted"/> have to look up, where the version becomes effective.</summary>
    public static void Needs(Component process, IReadOnlyList<ManifestEntry> manifest, Guid? environmentId, Needs needs)
    {
        var atomIds = TargetOf(process.Deployment, environmentId).AtomIds;
        ExtensionRules.Needs(process.ComponentId, manifest, atomIds, needs);
        // Schedules rest where a listener comes, and the pause of a listener ends where there was a version before.
        if (AttachmentRules.IsListener(process.ComponentId, manifest) || Replaced(process.Deployment, environmentId) > 0)
            needs.Attachment(atomIds.Select(atomId => new AttachmentKey(process.ComponentId, atomId)));
    }

    /// <summary>A version without an Atom is allowed, since attaching later audits it then (#16), but worth a word; so are values that it needs (#35).</summary>
    public static IEnumerable<Warning> Warnings(Component process, IEnumerable<ManifestEntry> manifest, IReadOnlyList<DeploymentTarget> targets, Account account) =>
        targets.All(target => target.AtomIds.Count == 0)
            ? [new("NoAttachedAtoms", $"{process.Name} has no attached Atoms{(targets.Any(target => target.EnvironmentId is not null) ? " in that environment" : "")}: the version runs nowhere yet.")]
            : ExtensionRules.Warnings(process, manifest, targets.SelectMany(target => target.AtomIds), account);

    /// <summary>What a version does to schedules and listeners where it becomes effective (R46).</summary>
    public static IEnumerable<DomainEvent> Started(Guid processId, IReadOnlyList<ManifestEntry> manifest, IReadOnlyList<DeploymentTarget> targets, Account account) =>
        [.. ScheduleRules.SuspendedBy(processId, manifest, targets, account), .. ListenerRules.EndedBy(processId, manifest, targets, account)];

    /// <summary>Versions, each with what it does there.</summary>
    public static Decision Accepted(IReadOnlyList<VersionDeployed> versions, Account account)
    {
        List<DomainEvent> events = [.. versions.SelectMany(version => Started(version.ProcessId, version.Manifest, version.Targets, account).Prepend(version))];
        return Decision.Accepted(events).With(ScheduleRules.Warnings(events, account));
    }

    private static ManifestEntry Pin(Component component) => new()
    {
        ComponentId = component.ComponentId,
        ComponentType = component.ComponentType,
        Name = component.Name,
        Revision = component.Revision,
        ContentHash = component.ContentHash,
        Connector = component.Connector is { } connector ? new(connector.Type, connector.Class, ExemptConnectors.Contains(connector.Type)) : null,
        StartStep = component.StartStep,
        AllowSimultaneousRuns = component.AllowSimultaneousRuns,
        Extensions = component.Extensions,
        DependsOn = [.. component.DependsOn()],
    };
}
