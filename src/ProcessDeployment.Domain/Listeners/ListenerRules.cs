using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Listeners;

/// <summary>What commands about listeners share, and what a version does to them.</summary>
internal static class ListenerRules
{
    /// <summary>What <see cref="Decide"/> has to look up. Which of all Processes on an Atom listen say only their versions.</summary>
    public static void Needs(Guid? processId, Guid atomId, Account account, Needs needs)
    {
        needs.Atom(atomId);
        if (processId is null && !needs.ProcessesAttachedTo(atomId)) return;
        foreach (var key in Keys(processId, atomId, account)) AttachmentRules.Needs(key, account, needs);
    }

    /// <summary>What happens to one listener, or to all on an Atom.</summary>
    public static Decision Decide(Guid? processId, Guid atomId, Account account, Func<AttachmentKey, DomainEvent?> happens)
    {
        if (processId is { } one && NotListening(new(one, atomId), account) is { } refusal) return refusal;
        if (AtomRules.Unknown([atomId], account) is { } unknown) return unknown;
        var events = Keys(processId, atomId, account).Where(key => NotListening(key, account) is null).Select(happens).OfType<DomainEvent>().ToList();
        return events.Count == 0 ? Decision.Unchanged : Decision.Accepted(events);
    }

    public static bool IsPaused(AttachmentKey key, Account account) => account.Attachments[key] is { Paused: true };

    /// <summary>A version that does not listen ends the pause of one that did (R46): nobody would look for it when listening comes back.</summary>
    public static IEnumerable<DomainEvent> EndedBy(Guid processId, IEnumerable<ManifestEntry> manifest, IEnumerable<DeploymentTarget> targets, Account account) =>
        AttachmentRules.IsListener(processId, manifest)
            ? []
            : from atomId in targets.SelectMany(target => target.AtomIds)
              where account.Attachments.GetValueOrDefault(new(processId, atomId)) is { Paused: true }
              select new ListenerResumed { ProcessId = processId, AtomId = atomId };

    private static IEnumerable<AttachmentKey> Keys(Guid? processId, Guid atomId, Account account) =>
        from id in processId is { } one ? [one] : account.AttachedTo[atomId].AsEnumerable() select new AttachmentKey(id, atomId);

    private static Refusal? NotListening(AttachmentKey key, Account account)
    {
        if (ProcessRules.NotLive(key.ProcessId, account) is { } notLive) return notLive;
        if (AtomRules.Unknown([key.AtomId], account) is { } unknown) return unknown;
        var process = account.Component(key.ProcessId)!;
        if (AttachmentRules.NotDeployed(process, account.LiveAtom(key.AtomId)!) is { } notDeployed) return notDeployed;
        return AttachmentRules.Listener(process, key.AtomId, account) is not null
            ? null
            : new(RefusalCodes.NotAListener, $"The version of {process.Name} there does not start on incoming requests.", new ProcessesDetails([key.ProcessId]));
    }
}
