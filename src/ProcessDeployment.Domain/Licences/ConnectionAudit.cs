using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Licences;

/// <summary>
/// The connection audit (R28–R33): each pool alone, on the final state of the whole command. A pool lets a command pass
/// that adds no pair there, or whose pairs after the command stay within the limit.
/// </summary>
public static class ConnectionAudit
{
    public static void Needs(IReadOnlyCollection<DeploymentChange> changes, Account account, Needs needs)
    {
        var known = needs.Pools();
        foreach (var pair in changes.SelectMany(change => change.Pairs())) known &= needs.Holding(pair);
        if (!known) return;
        foreach (var pool in Exceeded(LicenceMove.Of(account.KnownLicences(), changes))) needs.AllHolders(pool);
    }

    public static (LicenceAudit Audit, Refusal? Refusal) Judge(IReadOnlyCollection<DeploymentChange> changes, Account account)
    {
        var move = LicenceMove.Of(account.KnownLicences(), changes);
        var exceeded = Exceeded(move);
        return (Audited(move), exceeded.Count == 0 ? null : Refused(move, exceeded));
    }

    /// <summary>Tolerant enforcement lets more pass than was purchased, but says so (R32).</summary>
    public static IEnumerable<Warning> Warnings(LicenceAudit audit) =>
        from pool in audit.Pools
        where pool.UsedAfter > pool.UsedBefore && pool.UsedAfter > pool.Purchased
        select new Warning("OverDeployed", $"{new PoolKey(pool.Class, pool.Classification)}: {pool.UsedAfter} used of {pool.Purchased} purchased, exceeded by {pool.UsedAfter - pool.Purchased}.");

    private static List<PoolKey> Exceeded(LicenceMove move) =>
        [.. from pool in move.NetNew.Select(licence => licence.Pool).Distinct()
            where move.UsedAfter(pool) > move.Before.Limit(pool)
            select pool];

    /// <summary>What a move does to the pools, without judging it.</summary>
    public static LicenceAudit Audited(LicenceMove move) => new()
    {
        Mode = move.Before.Mode,
        Pools = [.. from pool in move.NetNew.Concat(move.Freed).Select(licence => licence.Pool).Distinct().Order()
                    select new AuditedPool(pool.Class, pool.Classification, move.Before.Pool(pool).Purchased, move.Before.Pool(pool).Used, move.UsedAfter(pool))],
        NetNew = [.. move.NetNew.Select(licence => licence.Pair).Distinct()],
        Freed = [.. move.Freed.Select(licence => licence.Pair).Distinct()],
    };

    private static Refusal Refused(LicenceMove move, List<PoolKey> exceeded)
    {
        var pools = exceeded.ConvertAll(pool => ExceededBy(move, pool));
        var message = string.Join("; ", pools.Select(pool =>
            $"{new PoolKey(pool.Class, pool.Classification)}: {pool.Needed} needed, {pool.Available} available ({pool.Purchased} purchased, {pool.Used} used)"));
        return new(RefusalCodes.LicenceExceeded, $"Not enough connection licences. {message}.", new LicenceExceededDetails(
            pools,
            [.. move.NetNew.Where(licence => exceeded.Contains(licence.Pool)).Select(licence => licence.Pair)],
            Holders(move.Before, exceeded)));
    }

    private static ExceededPool ExceededBy(LicenceMove move, PoolKey pool)
    {
        var (used, freed) = (move.Before.Pool(pool).Used, LicenceMove.In(move.Freed, pool));
        var available = Math.Max(0, move.Before.Limit(pool)!.Value - (used - freed));
        return new(pool.Class, pool.Classification, move.Before.Pool(pool).Purchased!.Value, used, LicenceMove.In(move.NetNew, pool), (int)available);
    }

    private static List<LicenceHolder> Holders(LicenceState state, List<PoolKey> pools) =>
        [.. (from holding in state.Holdings
             let processes = holding.Value.Where(h => pools.Contains(h.Pool)).Select(h => h.ProcessId).Distinct().ToList()
             where processes.Count > 0
             orderby holding.Key.ComponentId, holding.Key.AtomId
             select new LicenceHolder(holding.Key.ComponentId, holding.Key.AtomId, [.. processes.Take(LicenceHolder.MostProcesses)])).Take(LicenceExceededDetails.MostHolders)];
}
