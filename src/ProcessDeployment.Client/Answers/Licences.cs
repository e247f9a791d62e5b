using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>The licences of an account.</summary>
/// <param name="Mode">What happens beyond the purchased ones.</param>
/// <param name="OverDeployed">Whether any pool is.</param>
/// <param name="Pools">All eight: four classes, for production and for test.</param>
/// <param name="Position">The position of the account that this shows.</param>
public sealed record LicencesAnswer(LicenceEnforcement Mode, bool OverDeployed, IReadOnlyList<LicencePool> Pools, long Position);

/// <summary>A pool. One that was never set has no purchased count and is not audited.</summary>
public sealed record LicencePool(
    ConnectorClass Class, Classification Classification, int? Purchased, int Used, int? Available, bool OverDeployed, IReadOnlyList<LicensedConnection> Connections)
{
    public string? SetBy { get; init; }
    public DateTimeOffset? SetAt { get; init; }
}

/// <summary>A connection that uses a licence on an Atom, and the Processes there that need it.</summary>
public sealed record LicensedConnection(Guid ComponentId, string Name, Guid AtomId, IReadOnlyList<Guid> ProcessIds);
