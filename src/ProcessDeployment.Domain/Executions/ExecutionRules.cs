using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Executions;

/// <summary>The gate before every run, and what commands to an execution share.</summary>
internal static class ExecutionRules
{
    /// <summary>What the gate has to look up.</summary>
    public static void Needs(AttachmentKey key, Account account, Needs needs)
    {
        needs.Atom(key.AtomId);
        if (!needs.Component(key.ProcessId) || account.Component(key.ProcessId) is not { } process) return;
        if (!IsDeployed(process, key.AtomId)) NeedsOfParents(key, account, needs);
        else if (needs.Manifest(Current(process, key.AtomId))) SimultaneousRuns.Needs(key, account, needs);
    }

    /// <summary>
    /// Why a Process cannot run on an Atom; null when it can. Each reason has a code of its own (#61, #62). An Atom that never
    /// said anything is as good as offline: what is asked of it would wait for nobody knows what.
    /// </summary>
    public static Refusal? Gate(AttachmentKey key, Account account)
    {
        if (ProcessRules.NotLive(key.ProcessId, account) is { } notLive) return notLive;
        if (AtomRules.Unknown([key.AtomId], account) is { } unknown) return unknown;
        var (process, atom) = (account.Component(key.ProcessId)!, account.LiveAtom(key.AtomId)!);
        if (AttachmentRules.NotDeployed(process, atom) is { } notDeployed) return BundledOnly(key, process, atom, account) ?? notDeployed;
        if (Offline(atom) is { } offline) return offline;
        return AttachmentRules.Listener(process, key.AtomId, account);
    }

    /// <summary>Why an Atom takes no orders; null when it does.</summary>
    public static Refusal? Offline(Atom atom) => atom.Status switch
    {
        AtomStatus.Online or AtomStatus.Warning => null,
        AtomStatus.Unknown => new(RefusalCodes.AtomOffline, $"{atom.Name} has not said yet that it runs.", new AtomsDetails([atom.AtomId])),
        _ => new(RefusalCodes.AtomOffline, $"{atom.Name} is offline.", new AtomsDetails([atom.AtomId])),
    };

    public static Refusal Unknown(Guid executionId) => new(RefusalCodes.UnknownExecution, $"There is no execution {executionId}.");

    public static Refusal Ended(Execution execution) => new(
        RefusalCodes.ExecutionEnded, $"The execution has ended: {execution.Status}.", new EndedDetails(execution.ExecutionId, execution.Status));

    private static bool IsDeployed(Component process, Guid atomId) => process.Deployment.AtomIds.Contains(atomId) && process.Deployment.VersionOn(atomId) > 0;

    private static VersionKey Current(Component process, Guid atomId) => new(process.ComponentId, process.Deployment.VersionOn(atomId));

    /// <summary>Of Processes that this batch changed, the store knows less than the account.</summary>
    private static void NeedsOfParents(AttachmentKey key, Account account, Needs needs)
    {
        needs.ParentsOf(key);
        foreach (var known in account.Components.Values)
        {
            if (known is not null && IsDeployed(known, key.AtomId)) needs.Manifest(Current(known, key.AtomId));
        }
    }

    private static Refusal? BundledOnly(AttachmentKey key, Component process, Atom atom, Account account)
    {
        var elsewhere = account.Parents[key].Where(parent => !account.Components.ContainsKey(parent));
        var here = from known in account.Components.Values.OfType<Component>()
                   where known.ComponentId != key.ProcessId && IsDeployed(known, key.AtomId)
                       && account.Manifests[Current(known, key.AtomId)]!.Manifest.Any(entry => entry.ComponentId == key.ProcessId)
                   select known.ComponentId;
        List<Guid> parents = [.. elsewhere.Concat(here).Order().Take(ParentsDetails.MostParents)];
        return parents.Count == 0 ? null : new(
            RefusalCodes.BundledOnly, $"{process.Name} is not deployed individually on {atom.Name}; it runs there as a part of others.", new ParentsDetails(parents));
    }
}
