using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Licences;
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

    /// <summary>What the licences of the Process become when this is deployed on the Atoms attached now.</summary>
    public DeploymentChange Change() => Change(Process, Manifest);

    public static DeploymentChange Change(Component process, IEnumerable<ManifestEntry> manifest) =>
        new(process.ComponentId, process.Deployment, process.Deployment with { Connections = LicensedConnection.In(manifest) });

    public VersionDeployed Deployed(Account account, string? note, LicenceAudit audit) =>
        Deployed(Process, account, new(Digest, ContentDigest, Manifest), note, audit);

    public static VersionDeployed Deployed(Component process, Account account, DeployedManifest pinned, string? note, LicenceAudit audit) => new()
    {
        ProcessId = process.ComponentId,
        VersionNumber = process.Deployment.CurrentVersion + 1,
        Note = note,
        IdenticalTo = account.Versions[process.ComponentId]
            .LastOrDefault(version => string.Equals(version.ContentDigest, pinned.ContentDigest, StringComparison.Ordinal))?.VersionNumber,
        Digest = pinned.Digest,
        ContentDigest = pinned.ContentDigest,
        Manifest = pinned.Manifest,
        Targets = [new(EnvironmentId: null, [.. process.Deployment.AtomIds])],
        Audit = audit,
    };

    public IEnumerable<Warning> Warnings(Account account) => Warnings(Process, Manifest, account);

    /// <summary>A version without an Atom is allowed, since attaching later audits it then (#16), but worth a word; so are values that it needs (#35).</summary>
    public static IEnumerable<Warning> Warnings(Component process, IEnumerable<ManifestEntry> manifest, Account account) => process.Deployment.AtomIds.IsEmpty
        ? [new("NoAttachedAtoms", $"{process.Name} has no attached Atoms: the version runs nowhere yet.")]
        : ExtensionRules.Warnings(process, manifest, account);

    /// <summary>Versions, each with what it does to schedules (R46).</summary>
    public static Decision Accepted(IReadOnlyList<VersionDeployed> versions, Account account)
    {
        List<DomainEvent> events = [.. versions.SelectMany(version => ScheduleRules.SuspendedBy(version, account).Prepend(version))];
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
        Extensions = component.Extensions,
        DependsOn = [.. component.DependsOn()],
    };
}
