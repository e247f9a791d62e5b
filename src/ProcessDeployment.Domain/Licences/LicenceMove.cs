using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Licences;

/// <summary>What the needs of a Process become.</summary>
public sealed record DeploymentChange(Guid ProcessId, Deployment Before, Deployment After)
{
    /// <summary>Every pair it needs before or after: the pairs whose holders must be known.</summary>
    public IEnumerable<LicencePair> Pairs() => Before.Licences().Concat(After.Licences()).Select(need => need.Pair).Distinct();

    public IEnumerable<PooledLicence> Given() => Before.Licences().Except(After.Licences());

    public IEnumerable<PooledLicence> Taken() => After.Licences().Except(Before.Licences());
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
        var touched = new HashSet<PooledLicence>();
        foreach (var change in changes)
        {
            foreach (var given in change.Given())
                holdings = holdings.SetItem(given.Pair, holdings.GetValueOrDefault(given.Pair, []).Remove(new(given.Pool, change.ProcessId)));
            foreach (var taken in change.Taken())
                holdings = holdings.SetItem(taken.Pair, holdings.GetValueOrDefault(taken.Pair, []).Add(new(taken.Pool, change.ProcessId)));
            touched.UnionWith(change.Given().Concat(change.Taken()));
        }

        var licences = touched
            .OrderBy(touch => touch.Pool).ThenBy(touch => touch.Pair.ComponentId).ThenBy(touch => touch.Pair.AtomId)
            .Select(touch => (Licence: touch, Before: Held(state.Holdings, touch), After: Held(holdings, touch)))
            .ToList();
        return new()
        {
            Before = state,
            Holdings = holdings,
            NetNew = [.. licences.Where(l => !l.Before && l.After).Select(l => l.Licence)],
            Freed = [.. licences.Where(l => l.Before && !l.After).Select(l => l.Licence)],
        };
    }

    private static bool Held(ImmutableDictionary<LicencePair, ImmutableSortedSet<Holding>> holdings, PooledLicence licence) =>
        holdings.GetValueOrDefault(licence.Pair, []).Any(holding => holding.Pool == licence.Pool);
}
