using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>A Process in a list.</summary>
public record ProcessItem
{
    public required Guid ProcessId { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int LatestRevision { get; init; }

    /// <summary>Null while nothing is deployed.</summary>
    public int? CurrentVersion { get; init; }

    public DateTimeOffset? DeployedAt { get; init; }
    public string? DeployedBy { get; init; }
    public required IReadOnlyList<AtomName> Atoms { get; init; }

    /// <summary>The bold flag: never true without a reason, never false with one.</summary>
    public required bool RevisedSinceDeploy { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }
}

/// <summary>A Process with what it is made of, deleted ones too.</summary>
public sealed record ProcessAnswer : ProcessItem
{
    public string? StartStep { get; init; }

    /// <summary>Who made the latest revision, and when.</summary>
    public string SavedBy { get; init; } = "";

    public DateTimeOffset SavedAt { get; init; }

    /// <summary>The note of the current version.</summary>
    public string? Note { get; init; }

    public bool Deleted { get; init; }
    public string? DeletedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public IReadOnlyList<Reference> References { get; init; } = [];
    public long Position { get; init; }
}

/// <summary>A reference to another component; without name and revision that was never saved.</summary>
public sealed record Reference(Guid ComponentId, ReferenceKind Kind, string? Name, string? ComponentType, int? LatestRevision, bool Deleted);

public sealed record AtomName(Guid AtomId, string Name);

/// <summary>Why a Process is bold: what moved since it was deployed, by whom and when.</summary>
public sealed record Reason
{
    public const string NeverDeployed = "NeverDeployed";
    public const string ComponentDeleted = "ComponentDeleted";
    public const string RolledBack = "RolledBack";
    public const string RevisedButIdentical = "RevisedButIdentical";
    public const string Revised = "Revised";

    public required string Code { get; init; }
    public required Guid ComponentId { get; init; }
    public required string Name { get; init; }

    /// <summary>Null while nothing is deployed.</summary>
    public int? DeployedRevision { get; init; }

    public required int LatestRevision { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
}
