using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>What commands about schedules share, and what other commands do to them.</summary>
internal static class ScheduleRules
{
    public const string Suspended = "SchedulesSuspended";

    /// <summary>What <see cref="NotSchedulable"/> has to look up.</summary>
    public static void Needs(AttachmentKey key, Account account, Needs needs)
    {
        needs.Atom(key.AtomId);
        needs.Attachment(key);
        if (needs.Component(key.ProcessId) && account.Component(key.ProcessId) is { Deployment.CurrentVersion: > 0 } process) needs.Manifest(Current(process));
    }

    /// <summary>Why a Process has no schedules on an Atom; null when it may have some.</summary>
    public static Refusal? NotSchedulable(AttachmentKey key, Account account)
    {
        if (ProcessRules.NotLive(key.ProcessId, account) is { } notLive) return notLive;
        if (AtomRules.Unknown([key.AtomId], account) is { } unknown) return unknown;
        var process = account.Component(key.ProcessId)!;
        return AttachmentRules.NotDeployed(process, account.LiveAtom(key.AtomId)!) ?? AttachmentRules.Listener(process, account);
    }

    /// <summary>What a detach puts to rest: each schedule by itself, so that nothing is silent (#9).</summary>
    public static IReadOnlyList<Suspension> SuspendedBy(Attachment? attachment) =>
        attachment?.Schedules is { } schedules && schedules.AreAtWork()
            ? [.. schedules.Schedules.Select(schedule => new Suspension(ScheduleState.Kind, schedule.Describe(), nameof(SuspensionReason.Detached)))]
            : [];

    /// <summary>A version that starts on requests has no schedules: those at work are put to rest where it becomes effective (R46).</summary>
    public static void NeedsOfDeploy(Component process, IReadOnlyList<ManifestEntry> manifest, Needs needs)
    {
        if (AttachmentRules.IsListener(process.ComponentId, manifest)) needs.Attachment(process.Deployment.AtomIds.Select(atomId => new AttachmentKey(process.ComponentId, atomId)));
    }

    /// <summary>What a deploy does to schedules, told with it.</summary>
    public static IEnumerable<DomainEvent> SuspendedBy(VersionDeployed deployed, Account account) =>
        AttachmentRules.IsListener(deployed.ProcessId, deployed.Manifest)
            ? from atomId in deployed.Targets.SelectMany(target => target.AtomIds)
              let schedules = account.Attachments[new(deployed.ProcessId, atomId)]?.Schedules
              where schedules is not null && schedules.AreAtWork()
              select new SchedulesSuspended { ProcessId = deployed.ProcessId, AtomId = atomId, SuspendedFor = SuspensionReason.StartStepChanged, Count = schedules.Schedules.Length }
            : [];

    /// <summary>The same in words, for the answer and the preview (#34).</summary>
    public static IEnumerable<Warning> Warnings(IEnumerable<DomainEvent> events, Account account) =>
        from suspended in events.OfType<SchedulesSuspended>()
        select new Warning(Suspended, $"{account.Component(suspended.ProcessId)!.Name} starts on incoming requests now: its schedules on {suspended.AtomId} are suspended.");

    /// <summary>Whether an attachment may put to work again what a detach suspended.</summary>
    public static bool CanResume(AttachmentKey key, Account account) =>
        IsSuspendedByDetach(key, account) && AttachmentRules.Listener(account.Component(key.ProcessId)!, account) is null;

    /// <summary>Silence would be taken for a running schedule.</summary>
    public static IEnumerable<Warning> StillSuspended(Guid processId, IEnumerable<Guid> atomIds, bool resuming, Account account) =>
        from atomId in atomIds
        let key = new AttachmentKey(processId, atomId)
        where IsSuspendedByDetach(key, account) && !(resuming && CanResume(key, account))
        select new Warning(Suspended, $"Its schedules on {account.LiveAtom(atomId)!.Name} were suspended by a detach and stay so until somebody resumes them.");

    private static bool IsSuspendedByDetach(AttachmentKey key, Account account) =>
        account.Attachments[key]?.Schedules is { Schedules.IsEmpty: false, SuspendedFor: SuspensionReason.Detached };

    public static VersionKey Current(Component process) => new(process.ComponentId, process.Deployment.CurrentVersion);
}
