using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Licences;

/// <summary>
/// The licence pools of an account and, for the pairs that were looked up, who holds them. A licence is used by each
/// distinct (connection, Atom) pair that some current version on that Atom needs (R28); used counts cover all pairs.
/// </summary>
public sealed record LicenceState
{
    /// <summary>Tolerant enforcement allows this many times the purchased licences (R32).</summary>
    public const int ToleranceFactor = 5;

    public static readonly LicenceState None = new();

    public LicenceEnforcement Mode { get; init; } = LicenceEnforcement.Strict;

    public ImmutableSortedDictionary<PoolKey, LicencePool> Pools { get; init; } = ImmutableSortedDictionary<PoolKey, LicencePool>.Empty;

    /// <summary>Who needs a connection on an Atom. A present key was looked up.</summary>
    public ImmutableDictionary<LicencePair, ImmutableSortedSet<Holding>> Holdings { get; init; } = ImmutableDictionary<LicencePair, ImmutableSortedSet<Holding>>.Empty;

    /// <summary>Pools whose holders were all looked up.</summary>
    public ImmutableHashSet<PoolKey> ListedPools { get; init; } = [];

    public LicencePool Pool(PoolKey key) => Pools.GetValueOrDefault(key, LicencePool.NeverSet);

    /// <summary>The most licences a pool may use; null when the pool was never set.</summary>
    public long? Limit(PoolKey key) => Pool(key).Purchased * (Mode == LicenceEnforcement.Tolerant ? (long)ToleranceFactor : 1);

    public LicenceState Evolve(DomainEvent @event) => @event switch
    {
        LicencesPurchased purchased => Purchased(new(purchased.Class, Classification.Production), purchased.Production)
            .Purchased(new(purchased.Class, Classification.Test), purchased.Test),
        LicenceEnforcementChanged changed => this with { Mode = changed.Mode },
        _ => this,
    };

    /// <summary>The state after the needs of a Process changed; used counts follow.</summary>
    public LicenceState Moved(Guid processId, Deployment before, Deployment after)
    {
        if (before.AtomIds.SetEquals(after.AtomIds) && before.Connections.SequenceEqual(after.Connections) && ReferenceEquals(before.Environments, after.Environments)) return this;
        var moved = LicenceMove.Of(this, [new(processId, before, after)]);
        var pools = Pools;
        foreach (var key in moved.NetNew.Concat(moved.Freed).Select(licence => licence.Pool).Distinct())
            pools = pools.SetItem(key, Pool(key) with { Used = moved.UsedAfter(key) });
        return this with { Holdings = moved.Holdings, Pools = pools };
    }

    private LicenceState Purchased(PoolKey key, int? count) =>
        count is null ? this : this with { Pools = Pools.SetItem(key, Pool(key) with { Purchased = count }) };
}

/// <summary>A pool: a connector class, in production or test.</summary>
public readonly record struct PoolKey(ConnectorClass Class, Classification Classification) : IComparable<PoolKey>
{
    public int CompareTo(PoolKey other) => (Class, Classification).CompareTo((other.Class, other.Classification));

    public override string ToString() => Classification == Classification.Production ? $"{Class}" : $"{Class} (Test)";
}

/// <summary>How full a pool is.</summary>
/// <param name="Purchased">Null when it was never set: such a pool is not audited.</param>
/// <param name="Used">Distinct (connection, Atom) pairs.</param>
public sealed record LicencePool(int? Purchased, int Used)
{
    public static readonly LicencePool NeverSet = new(null, 0);
}

/// <summary>A Process needs a connection on an Atom, in the class that the version there pinned and the classification of the Atom (R34).</summary>
public readonly record struct Holding(PoolKey Pool, Guid ProcessId) : IComparable<Holding>
{
    public int CompareTo(Holding other) => (Pool, ProcessId).CompareTo((other.Pool, other.ProcessId));
}
