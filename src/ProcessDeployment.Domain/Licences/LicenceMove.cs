using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Licences;

/// <summary>What the needs of a Process become.</summary>
public sealed record DeploymentChange(Guid ProcessId, Deployment Before, Deployment After)
{
    /// <summary>Every pair it needs before or after: the pairs whose holders must be known.</summary>
    public IEnumerable<LicencePair> Pairs() => Needed(Before).Concat(Needed(After)).Select(need => need.Pair).Distinct();

    public IEnumerable<(LicencePair Pair, ConnectorClass Class)> Given() => Needed(Before).Except(Needed(After));

    public IEnumerable<(LicencePair Pair, ConnectorClass Class)> Taken() => Needed(After).Except(Needed(Before));

    private static IEnumerable<(LicencePair Pair, ConnectorClass Class)> Needed(Deployment deployment) =>
        from atomId in deployment.AtomIds
        from connection in deployment.Connections
        select (new LicencePair(connection.ComponentId, atomId), connection.Class);
}

/// <summary>A pair within its pool.</summary>
public sealed record PooledLicence(PoolKey Pool, LicencePair Pair);

/// <summary>The effect of changes on the pools, judged on the final state: what is freed on the way does not count.</summary>
public sealed record LicenceMove
{
    private LicenceMove() { }

    public required LicenceState Before { get; init; }
    public required ImmutableDictionary<LicencePair, ImmutableSortedSet<Holding>> Holdings { get; init; }

    /// <summary>Needed by nobody before and by somebody after.</summary>
    public required IReadOnlyList<PooledLicence> NetNew { get; init; }

    /// <summary>Needed by somebody before and by nobody after.</summary>
    public required IReadOnlyList<PooledLicence> Freed { get; init; }

    public int UsedAfter(PoolKey pool) => Before.Pool(pool).Used + In(NetNew, pool) - In(Freed, pool);

    public static int In(IEnumerable<PooledLicence> licences, PoolKey pool) => licences.Count(licence => licence.Pool == pool);

    public static LicenceMove Of(LicenceState state, IReadOnlyCollection<DeploymentChange> changes)
    {
        var holdings = state.Holdings;
        var touched = new HashSet<(LicencePair Pair, ConnectorClass Class)>();
        foreach (var change in changes)
        {
            foreach (var (pair, @class) in change.Given())
                holdings = holdings.SetItem(pair, holdings.GetValueOrDefault(pair, []).Remove(new(@class, change.ProcessId)));
            foreach (var (pair, @class) in change.Taken())
                holdings = holdings.SetItem(pair, holdings.GetValueOrDefault(pair, []).Add(new(@class, change.ProcessId)));
            touched.UnionWith(change.Given().Concat(change.Taken()));
        }

        var licences = touched
            .OrderBy(touch => touch.Class).ThenBy(touch => touch.Pair.ComponentId).ThenBy(touch => touch.Pair.AtomId)
            .Select(touch => (
                Licence: new PooledLicence(LicenceState.PoolOf(touch.Class), touch.Pair),
                Before: Held(state.Holdings, touch.Pair, touch.Class),
                After: Held(holdings, touch.Pair, touch.Class)))
            .ToList();
        return new()
        {
            Before = state,
            Holdings = holdings,
            NetNew = [.. licences.Where(l => !l.Before && l.After).Select(l => l.Licence)],
            Freed = [.. licences.Where(l => l.Before && !l.After).Select(l => l.Licence)],
        };
    }

    private static bool Held(ImmutableDictionary<LicencePair, ImmutableSortedSet<Holding>> holdings, LicencePair pair, ConnectorClass @class) =>
        holdings.GetValueOrDefault(pair, []).Any(holding => holding.Class == @class);
}
