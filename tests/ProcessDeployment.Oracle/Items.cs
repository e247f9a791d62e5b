using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Testing;

public sealed record ProcessItem(
    Guid ProcessId, string Name, string? Folder, int LatestRevision, int? CurrentVersion, DateTimeOffset? DeployedAt, string? DeployedBy,
    IReadOnlyList<Guid> Atoms, bool RevisedSinceDeploy, IReadOnlyList<ReasonItem> Reasons)
{
    public bool IsBold => RevisedSinceDeploy;

    public IReadOnlyList<(string Code, Guid ComponentId)> Why => [.. Reasons.Select(reason => (reason.Code, reason.ComponentId))];
}

/// <summary>Why a Process is bold; by and at are those of the save or the delete that made it so.</summary>
public sealed record ReasonItem(
    string Code, Guid ComponentId, string Name, int? DeployedRevision, int LatestRevision, string By, DateTimeOffset At);

/// <summary>A Process on an Atom; since when this version is effective there.</summary>
public sealed record DeploymentItem(
    Guid AtomId, Guid ProcessId, string Name, int VersionNumber, DateTimeOffset Since, string DeployedBy, string? Note, bool RevisedSinceDeploy);

public sealed record VersionItem(
    int VersionNumber, DateTimeOffset DeployedAt, string DeployedBy, string? Note, int? RedeployOf, int? IdenticalTo, bool Current,
    string Digest, IReadOnlyList<ManifestEntry> Manifest, IReadOnlyList<DeploymentTarget> Targets)
{
    public string? Label { get; init; }
    public bool Withdrawn { get; init; }
}

public sealed record PoolItem(
    ConnectorClass Class, Classification Classification, int? Purchased, int Used, int? Available, bool OverDeployed,
    IReadOnlyList<ConnectionItem> Connections);

public sealed record ConnectionItem(Guid ComponentId, string Name, Guid AtomId, IReadOnlyList<Guid> ProcessIds);

public sealed record ComponentItem(
    Guid ComponentId, string ComponentType, string Name, string? Folder, int LatestRevision, string ContentHash,
    IReadOnlyList<ComponentReference> References, string RevisedBy, DateTimeOffset RevisedAt, bool Deleted, string? DeletedBy, DateTimeOffset? DeletedAt);

/// <summary>An event and what it was about; Atoms by id.</summary>
public sealed record AuditItem(long Position, DateTimeOffset Time, string Actor, string Type, Guid? ComponentId, IReadOnlyList<Guid> AtomIds);

public sealed record AtomItem(Guid AtomId, string Name, string? HostName, AtomType AtomType, string TimeZone, AtomStatus Status, bool Deleted);

public sealed record EnvironmentItem(Guid EnvironmentId, string Name, Classification Classification, int Order, bool Deleted)
{
    public IReadOnlyList<Guid> Atoms { get; init; } = [];

    /// <summary>The Processes attached to it, with the version that is current there.</summary>
    public IReadOnlyList<(Guid ProcessId, int? VersionNumber)> Processes { get; init; } = [];
}

public sealed record ImpactItem(Guid ProcessId, int VersionNumber, int DeployedRevision, bool RevisedSinceDeploy, IReadOnlyList<Guid> Atoms);
