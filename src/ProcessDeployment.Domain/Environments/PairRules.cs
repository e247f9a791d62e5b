using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Environments;

/// <summary>What attaching and detaching through environments does to each Process on each Atom: the same events as when it is done one by one.</summary>
internal static class PairRules
{
    /// <summary>The version that is current in the environment becomes effective there at once, without a new number (R4).</summary>
    public static AtomAttached Attached(DeploymentChange change, Guid environmentId, Guid atomId, LicenceAudit audit)
    {
        var version = change.After.In(environmentId).CurrentVersion;
        if (version == 0) return new() { ProcessId = change.ProcessId, AtomId = atomId, EnvironmentId = environmentId };
        var pairs = change.Pairs().Where(pair => pair.AtomId == atomId).ToHashSet();
        return new() { ProcessId = change.ProcessId, AtomId = atomId, EnvironmentId = environmentId, EffectiveVersion = version, Audit = audit.Of(pairs.Contains) };
    }

    /// <summary>Takes an Atom off its Processes. What several of them share is freed once: with the last of them.</summary>
    public static IEnumerable<AtomDetached> Detached(IReadOnlyList<DeploymentChange> changes, Guid atomId, LicenceMove move, Account account)
    {
        var last = new Dictionary<PooledLicence, Guid>();
        foreach (var change in changes)
        {
            foreach (var given in change.Given()) last[given] = change.ProcessId;
        }

        return from change in changes
               where change.Before.AtomIds.Contains(atomId)
               select DetachAtomsDecider.Detached(account.Component(change.ProcessId)!, atomId, move.Freed.Where(freed => last[freed] == change.ProcessId), account);
    }
}
