using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Attaching is needed once per Atom, not per version (R2). It is audited only where versions exist (R3), on the total, all or nothing (#4).</summary>
public static class AttachAtomsDecider
{
    public static void Needs(AttachAtoms command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.Atom(command.AtomIds);
        needs.Attachment(Keys(command));
        if (needs.Component(command.ProcessId) && account.Component(command.ProcessId) is { } process)
        {
            if (process.Deployment.CurrentVersion > 0)
            {
                needs.VersionsOf(command.ProcessId);
                needs.Manifest(Current(process));
            }

            ConnectionAudit.Needs([Change(command, account)], account, needs);
        }
    }

    public static Decision Decide(AttachAtoms command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (EnvironmentRules.Used(account) is { } used) return Refused(command, used);
        if (AtomRules.Unknown(command.AtomIds, account) is { } unknown) return Refused(command, unknown);

        var change = Change(command, account);
        var added = change.After.AtomIds.Except(change.Before.AtomIds);
        if (added.IsEmpty) return Decision.Unchanged;
        if (change.Before.CurrentVersion == 0) return Decision.Accepted(added.Select(atomId => new AtomAttached { ProcessId = command.ProcessId, AtomId = atomId }));

        // Where environments were given up, the latest version may be one that was withdrawn while it was current in none.
        if (PackageRules.Withdrawn(Current(account.Component(command.ProcessId)!), account) is { } withdrawn) return Refused(command, withdrawn);
        var (audit, refusal) = ConnectionAudit.Judge([change], account);
        var decision = refusal is not null
            ? Refused(command, refusal)
            : Decision.Accepted([.. added.Select(atomId => Attached(change, atomId, audit)), .. Resumed(command, added, account)])
                .With(ExtensionRules.WarningsOfVersion(account.Component(command.ProcessId)!, change.Before.CurrentVersion, added, account))
                .With(ConnectionAudit.Warnings(audit))
                .With(ScheduleRules.StillSuspended(command.ProcessId, added, command.ResumeSchedules is true, account));
        return decision.Audited(audit);
    }

    /// <summary>The version that exists becomes effective there at once, without a new number (R4).</summary>
    internal static AtomAttached Attached(DeploymentChange change, Guid atomId, LicenceAudit audit) => new()
    {
        ProcessId = change.ProcessId,
        AtomId = atomId,
        EffectiveVersion = change.Before.CurrentVersion,
        Audit = audit.Of(pair => pair.AtomId == atomId),
    };

    /// <summary>Schedules that a detach suspended stay so, unless somebody says otherwise (#9); a listener has none to resume.</summary>
    private static IEnumerable<SchedulesResumed> Resumed(AttachAtoms command, IEnumerable<Guid> added, Account account) =>
        from atomId in added
        where command.ResumeSchedules is true && ScheduleRules.CanResume(new(command.ProcessId, atomId), account)
        select new SchedulesResumed { ProcessId = command.ProcessId, AtomId = atomId };

    private static VersionKey Current(Component process) => new(process.ComponentId, process.Deployment.CurrentVersion);

    private static IEnumerable<AttachmentKey> Keys(AttachAtoms command) => command.AtomIds.Select(atomId => new AttachmentKey(command.ProcessId, atomId));

    private static DeploymentChange Change(AttachAtoms command, Account account)
    {
        var before = account.Component(command.ProcessId)!.Deployment;
        return new(command.ProcessId, before, before with { AtomIds = before.AtomIds.Union(command.AtomIds) });
    }

    private static Decision Refused(AttachAtoms command, Refusal refusal) => Decision.Refused(refusal, new AttachmentRefused
    {
        ProcessId = command.ProcessId,
        AtomIds = [.. command.AtomIds.Distinct()],
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    });
}
