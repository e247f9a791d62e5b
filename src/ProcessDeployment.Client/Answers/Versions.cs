namespace ProcessDeployment.Client;

/// <summary>A version of a Process; names are those of its time.</summary>
public record VersionItem
{
    public required int VersionNumber { get; init; }

    /// <summary>What people call it; null where it has no label.</summary>
    public string? Label { get; init; }

    /// <summary>It is not deployed again, and not promoted.</summary>
    public bool Withdrawn { get; init; }

    public required DateTimeOffset DeployedAt { get; init; }
    public required string DeployedBy { get; init; }
    public string? Note { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version that was deployed again.</summary>
    public int? RedeployOf { get; init; }

    /// <summary>The newest earlier version with the same content.</summary>
    public int? IdenticalTo { get; init; }

    public required bool Current { get; init; }

    /// <summary>The environments in which it is current; null where it is in none.</summary>
    public IReadOnlyList<EnvironmentName>? Environments { get; init; }

    public required string Digest { get; init; }
    public required string ContentDigest { get; init; }

    /// <summary>How it differs from the version before.</summary>
    public VersionChanges? Changes { get; init; }

    /// <summary>How many connection licences its deployment took and gave back.</summary>
    public required LicencesMoved Licences { get; init; }

    public required IReadOnlyList<PinnedComponent> Manifest { get; init; }
    public required IReadOnlyList<VersionTarget> Targets { get; init; }
}

/// <summary>A version with where it runs now and the licence audit it passed.</summary>
public sealed record VersionAnswer : VersionItem
{
    /// <summary>Where it is effective now.</summary>
    public required IReadOnlyList<VersionAtom> Atoms { get; init; }

    /// <summary>The connection audit as it was judged then.</summary>
    public LicenceAudit? Audit { get; init; }

    public required long Position { get; init; }
}

public sealed record VersionAtom(Guid AtomId, string Name, Download Download);

/// <summary>How many components of a version differ from the version before.</summary>
public sealed record VersionChanges(int Added, int Changed, int Removed);

/// <summary>How many connection licences were taken and given back.</summary>
public sealed record LicencesMoved(int Taken, int Freed);

/// <summary>A component as a version holds it.</summary>
public sealed record PinnedComponent(Guid ComponentId, string ComponentType, string Name, int Revision);

/// <summary>Where a version became current.</summary>
public sealed record VersionTarget(Guid? EnvironmentId, IReadOnlyList<Guid> AtomIds, IReadOnlyList<AtomName> Atoms);

public sealed record EnvironmentName(Guid EnvironmentId, string Name);
