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

    /// <summary>False where only one run of the Process may be under way on an Atom (R40).</summary>
    public bool? AllowSimultaneousRuns { get; init; }

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
