using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Environments;

/// <summary>A Process in one environment: whether it is attached there, and what is current there. The version outlives a detachment, as it does on Atoms (R7).</summary>
public sealed record InEnvironment
{
    public required Guid EnvironmentId { get; init; }
    public bool Attached { get; init; }

    /// <summary>That of the environment; null while it was never attached.</summary>
    public Classification? Classification { get; init; }

    /// <summary>The version that is current there; 0 while none is.</summary>
    public int CurrentVersion { get; init; }

    /// <summary>Every version that was ever current there.</summary>
    public ImmutableSortedSet<int> Had { get; init; } = [];

    /// <summary>The connections of that version that count for licences.</summary>
    public ImmutableArray<LicensedConnection> Connections { get; init; } = [];

    /// <summary>The Atoms in it on which the Process is attached thereby.</summary>
    public ImmutableSortedSet<Guid> AtomIds { get; init; } = [];

    /// <summary>The same with another version current.</summary>
    internal InEnvironment Running(int versionNumber, ImmutableArray<LicensedConnection> connections) => this with { CurrentVersion = versionNumber, Connections = connections, Had = Had.Add(versionNumber) };
}
