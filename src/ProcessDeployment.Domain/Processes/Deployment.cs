using System.Collections.Immutable;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Where a Process is attached and what it has deployed. Current version = highest version, always (R11).</summary>
public sealed record Deployment
{
    public static readonly Deployment None = new();

    /// <summary>The attached Atoms, ordered.</summary>
    public ImmutableSortedSet<Guid> AtomIds { get; init; } = [];

    /// <summary>0 while nothing is deployed.</summary>
    public int CurrentVersion { get; init; }

    /// <summary>Tells whether the next deploy would change anything; null while nothing is deployed.</summary>
    public string? CurrentContentDigest { get; init; }

    /// <summary>The connections of the current version that count for licences.</summary>
    public ImmutableArray<LicensedConnection> Connections { get; init; } = [];

    /// <summary>Attached and at least one version exists; neither alone is enough.</summary>
    public bool IsDeployed() => CurrentVersion > 0 && !AtomIds.IsEmpty;

    public Deployment Evolve(ProcessEvent @event) => @event switch
    {
        AtomAttached attached => this with { AtomIds = AtomIds.Add(attached.AtomId) },
        AtomDetached detached => this with { AtomIds = AtomIds.Remove(detached.AtomId) },
        VersionDeployed deployed => this with
        {
            CurrentVersion = deployed.VersionNumber,
            CurrentContentDigest = deployed.ContentDigest,
            Connections = LicensedConnection.In(deployed.Manifest),
        },
        _ => this,
    };
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
