using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Processes;

/// <summary>One component as a version pinned it.</summary>
public sealed record ManifestEntry
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public required int Revision { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>Set for a connection.</summary>
    public PinnedConnector? Connector { get; init; }

    public StartStep? StartStep { get; init; }
    public IReadOnlyList<ExtensionDeclaration> Extensions { get; init; } = [];

    /// <summary>The components it bundles directly, so that a version can be drawn and its parents named later.</summary>
    public IReadOnlyList<Guid> DependsOn { get; init; } = [];
}

/// <summary>A connector as a version pinned it, with whether it counted then.</summary>
public sealed record PinnedConnector(string Type, ConnectorClass Class, bool Exempt);

/// <summary>Where a version became current: the Atoms attached then.</summary>
/// <param name="EnvironmentId">Null while environments are off.</param>
/// <param name="AtomIds">The Atoms.</param>
public sealed record DeploymentTarget(Guid? EnvironmentId, IReadOnlyList<Guid> AtomIds);

/// <summary>Something a detach put to rest.</summary>
/// <param name="Kind"><c>schedule</c> or <c>listener</c>.</param>
/// <param name="Description">What it was, for people.</param>
/// <param name="Reason">Why it rests, for example <c>Detached</c>.</param>
public sealed record Suspension(string Kind, string Description, string Reason);

/// <summary>A licence that became free.</summary>
public sealed record FreedLicence(ConnectorClass Class, Classification Classification, Guid ComponentId, Guid AtomId);
