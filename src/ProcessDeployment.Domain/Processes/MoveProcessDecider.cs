using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Detach and attach as one change, audited on the final state, so that a move at the limit succeeds (#57).</summary>
public static class MoveProcessDecider
{
    public static void Needs(MoveProcess command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.Atom(command.FromAtomIds.Concat(command.ToAtomIds));
        needs.Attachment(command.FromAtomIds.Concat(command.ToAtomIds).Select(atomId => new AttachmentKey(command.ProcessId, atomId)));
        if (!needs.Component(command.ProcessId) || account.Component(command.ProcessId) is not { } process) return;
        if (process.Deployment.CurrentVersion > 0) needs.Manifest(new(command.ProcessId, process.Deployment.CurrentVersion));
        ConnectionAudit.Needs([Change(command, account)], account, needs);
    }

    public static Decision Decide(MoveProcess command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (EnvironmentRules.Used(account) is { } used) return Refused(command, used);
        if (AtomRules.Unknown(command.FromAtomIds.Concat(command.ToAtomIds), account) is { } unknown) return Refused(command, unknown);

        var process = account.Component(command.ProcessId)!;
        var change = Change(command, account);
        var (audit, exceeded) = ConnectionAudit.Judge([change], account);
        if ((exceeded ?? NotAttached(command, change.Before)) is { } refusal) return Refused(command, refusal).Audited(audit);
        if (command.ToAtomIds.All(change.Before.AtomIds.Contains)) return Decision.Unchanged;

        var freed = LicenceMove.Of(account.KnownLicences(), [change]).Freed;
        var isDeployed = change.Before.CurrentVersion > 0;
        var added = change.After.AtomIds.Except(change.Before.AtomIds);
        return Decision.Accepted(
        [
            .. change.Before.AtomIds.Except(change.After.AtomIds).Select(atomId => DetachAtomsDecider.Detached(process, atomId, freed, account)),
            .. added.Select(atomId => isDeployed
                ? AttachAtomsDecider.Attached(change, atomId, audit)
                : new AtomAttached { ProcessId = process.ComponentId, AtomId = atomId }),
        ])
            .With(ExtensionRules.WarningsOfVersion(process, change.Before.CurrentVersion, added, account))
            .With(ConnectionAudit.Warnings(audit))
            .With(ScheduleRules.StillSuspended(command.ProcessId, added, resuming: false, account))
            .Audited(audit);
    }

    private static DeploymentChange Change(MoveProcess command, Account account)
    {
        var before = account.Component(command.ProcessId)!.Deployment;
        return new(command.ProcessId, before, before with { AtomIds = before.AtomIds.Except(command.FromAtomIds).Union(command.ToAtomIds) });
    }

    private static Refusal? NotAttached(MoveProcess command, Deployment deployment)
    {
        List<Guid> missing = [.. command.FromAtomIds.Distinct().Where(atomId => !deployment.AtomIds.Contains(atomId))];
        return missing.Count == 0 ? null : new(RefusalCodes.NotAttached, $"It is not attached to {string.Join(", ", missing)}.", new AtomsDetails(missing));
    }

    private static Decision Refused(MoveProcess command, Refusal refusal) => Decision.Refused(refusal, new MoveRefused
    {
        ProcessId = command.ProcessId,
        FromAtomIds = [.. command.FromAtomIds.Distinct()],
        ToAtomIds = [.. command.ToAtomIds.Distinct()],
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    });
}
