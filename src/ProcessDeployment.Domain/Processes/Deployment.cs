using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Where a Process is attached and what it has deployed. Current version = highest version (R11), but for environments, each of which has its own.</summary>
public sealed record Deployment
{
    public static readonly Deployment None = new();

    /// <summary>The attached Atoms, ordered; by themselves, or through the environment they share with the Process.</summary>
    public ImmutableSortedSet<Guid> AtomIds { get; init; } = [];

    /// <summary>0 while nothing is deployed.</summary>
    public int CurrentVersion { get; init; }

    /// <summary>Tells whether the next deploy would change anything; null while nothing is deployed.</summary>
    public string? CurrentContentDigest { get; init; }

    /// <summary>The connections of the current version that count for licences.</summary>
    public ImmutableArray<LicensedConnection> Connections { get; init; } = [];

    /// <summary>What it is and has in environments, by their ids; null where it never was in one.</summary>
    public IReadOnlyList<InEnvironment>? Environments { get; init; }

    /// <summary>Attached to an Atom on which some version is effective; neither alone is enough.</summary>
    public bool IsDeployed() => AtomIds.Any(atomId => VersionOn(atomId) > 0);

    /// <summary>The version that is effective on an attached Atom; 0 when none is.</summary>
    public int VersionOn(Guid atomId) => Through(atomId)?.CurrentVersion ?? CurrentVersion;

    /// <summary>The environment by which an Atom is attached; null when it is attached by itself, or not at all.</summary>
    public InEnvironment? Through(Guid atomId) => Environments?.FirstOrDefault(environment => environment.AtomIds.Contains(atomId));

    /// <summary>What it is and has in an environment.</summary>
    public InEnvironment In(Guid environmentId) =>
        Environments?.FirstOrDefault(environment => environment.EnvironmentId == environmentId) ?? new() { EnvironmentId = environmentId };

    /// <summary>The environments it is attached to.</summary>
    public IEnumerable<Guid> AttachedEnvironments() => from environment in Environments ?? [] where environment.Attached select environment.EnvironmentId;

    /// <summary>Every licence it needs: each counted connection of the version that is effective on an Atom, in the pool of that Atom (R28, R34).</summary>
    public IEnumerable<PooledLicence> Licences()
    {
        var direct = Environments is null ? AtomIds : AtomIds.Except(Environments.SelectMany(environment => environment.AtomIds));
        return Needed(direct, Connections, Classification.Production)
            .Concat((Environments ?? []).SelectMany(environment => Needed(environment.AtomIds, environment.Connections, environment.Classification ?? Classification.Production)));
    }

    public Deployment Evolve(ProcessEvent @event) => @event switch
    {
        AtomAttached { EnvironmentId: { } environmentId } attached => With(environmentId, here => here with { AtomIds = here.AtomIds.Add(attached.AtomId) }),
        AtomAttached attached => this with { AtomIds = AtomIds.Add(attached.AtomId) },
        AtomDetached detached => Without(detached.AtomId),
        VersionDeployed deployed => (this with
        {
            CurrentVersion = deployed.VersionNumber,
            CurrentContentDigest = deployed.ContentDigest,
            Connections = LicensedConnection.In(deployed.Manifest),
        }).Current(deployed.Targets, deployed.VersionNumber, LicensedConnection.In(deployed.Manifest)),
        VersionPromoted promoted => Current(promoted.Targets, promoted.VersionNumber, [.. promoted.Connections]),
        ProcessAttachedToEnvironment attached => With(attached.EnvironmentId, here => here with { Attached = true, Classification = attached.Classification }),
        ProcessDetachedFromEnvironment detached => With(detached.EnvironmentId, here => here with { Attached = false }),
        _ => this,
    };

    /// <summary>The same with another state in one environment; attached Atoms follow.</summary>
    internal Deployment With(Guid environmentId, Func<InEnvironment, InEnvironment> change)
    {
        var before = In(environmentId);
        var after = change(before);
        return this with
        {
            AtomIds = AtomIds.Except(before.AtomIds).Union(after.AtomIds),
            Environments = [.. (Environments ?? []).Where(environment => environment.EnvironmentId != environmentId).Append(after).OrderBy(environment => environment.EnvironmentId)],
        };
    }

    /// <summary>The same without an Atom, however it was attached.</summary>
    internal Deployment Without(Guid atomId) => Through(atomId) is { } through
        ? With(through.EnvironmentId, here => here with { AtomIds = here.AtomIds.Remove(atomId) })
        : this with { AtomIds = AtomIds.Remove(atomId) };

    private Deployment Current(IEnumerable<DeploymentTarget> targets, int versionNumber, ImmutableArray<LicensedConnection> connections) =>
        targets.Select(target => target.EnvironmentId).OfType<Guid>().Aggregate(this, (all, environmentId) => all.With(environmentId, here => here.Running(versionNumber, connections)));

    private static IEnumerable<PooledLicence> Needed(IEnumerable<Guid> atomIds, ImmutableArray<LicensedConnection> connections, Classification classification) =>
        from atomId in atomIds
        from connection in connections
        select new PooledLicence(new(connection.Class, classification), new(connection.ComponentId, atomId));
}

/// <summary>A connection of a version that uses a licence on each Atom.</summary>
public sealed record LicensedConnection(Guid ComponentId, ConnectorClass Class)
{
    /// <summary>The connections of a manifest whose connector is not exempt (R33).</summary>
    public static ImmutableArray<LicensedConnection> In(IEnumerable<ManifestEntry> manifest) =>
        [.. from entry in manifest
            where entry.Connector is { Exempt: false }
            orderby entry.ComponentId
            select new LicensedConnection(entry.ComponentId, entry.Connector!.Class)];
}
