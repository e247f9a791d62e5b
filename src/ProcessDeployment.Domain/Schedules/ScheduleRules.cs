using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>What commands about schedules share, and what other commands do to them.</summary>
internal static class ScheduleRules
{
    public const string Suspended = "SchedulesSuspended";

    /// <summary>Why a Process has no schedules on an Atom; null when it may have some.</summary>
    public static Refusal? NotSchedulable(AttachmentKey key, Account account)
    {
        if (ProcessRules.NotLive(key.ProcessId, account) is { } notLive) return notLive;
        if (AtomRules.Unknown([key.AtomId], account) is { } unknown) return unknown;
        var process = account.Component(key.ProcessId)!;
        return AttachmentRules.NotDeployed(process, account.LiveAtom(key.AtomId)!) ?? AttachmentRules.Listener(process, key.AtomId, account);
    }

    /// <summary>What a detach puts to rest: each schedule by itself, so that nothing is silent (#9).</summary>
    public static IReadOnlyList<Suspension> SuspendedBy(Attachment? attachment) =>
        attachment?.Schedules is { } schedules && schedules.AreAtWork()
            ? [.. schedules.Schedules.Select(schedule => new Suspension(ScheduleState.Kind, schedule.Describe(), nameof(SuspensionReason.Detached)))]
            : [];

    /// <summary>A version that starts on requests has no schedules: those at work are put to rest where it becomes effective (R46), and told with it.</summary>
    public static IEnumerable<DomainEvent> SuspendedBy(Guid processId, IReadOnlyList<ManifestEntry> manifest, IEnumerable<DeploymentTarget> targets, Account account) =>
        AttachmentRules.IsListener(processId, manifest)
            ? from atomId in targets.SelectMany(target => target.AtomIds)
              let schedules = account.Attachments[new(processId, atomId)]?.Schedules
              where schedules is not null && schedules.AreAtWork()
              select new SchedulesSuspended { ProcessId = processId, AtomId = atomId, SuspendedFor = SuspensionReason.StartStepChanged, Count = schedules.Schedules.Length }
            : [];

    /// <summary>The same in words, for the answer and the preview (#34).</summary>
    public static IEnumerable<Warning> Warnings(IEnumerable<DomainEvent> events, Account account) =>
        from suspended in events.OfType<SchedulesSuspended>()
        select new Warning(Suspended, $"{account.Component(suspended.ProcessId)!.Name} starts on incoming requests now: its schedules on {suspended.AtomId} are suspended.");

    /// <summary>Whether an attachment may put to work again what a detach suspended.</summary>
    public static bool CanResume(AttachmentKey key, Account account) =>
        IsSuspendedByDetach(key, account) && AttachmentRules.Listener(account.Component(key.ProcessId)!, key.AtomId, account) is null;

    /// <summary>Silence would be taken for a running schedule.</summary>
    public static IEnumerable<Warning> StillSuspended(Guid processId, IEnumerable<Guid> atomIds, bool resuming, Account account) =>
        WarningLimit.First(Suspensions(processId, atomIds, resuming, account));

    private static IEnumerable<Warning> Suspensions(Guid processId, IEnumerable<Guid> atomIds, bool resuming, Account account) =>
        from atomId in atomIds
        let key = new AttachmentKey(processId, atomId)
        where IsSuspendedByDetach(key, account) && !(resuming && CanResume(key, account))
        select new Warning(Suspended, $"The schedules of {account.Component(processId)!.Name} on {account.LiveAtom(atomId)!.Name} were suspended by a detach and stay so until somebody resumes them.");

    private static bool IsSuspendedByDetach(AttachmentKey key, Account account) =>
        account.Attachments[key]?.Schedules is { Schedules.IsEmpty: false, SuspendedFor: SuspensionReason.Detached };
}
