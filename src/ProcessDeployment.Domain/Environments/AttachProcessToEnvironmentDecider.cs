using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Environments;

/// <summary>Every Atom in the environment gets the Process, with the version that is current there; audited on the total where one is (R56, R3, R4).</summary>
public static class AttachProcessToEnvironmentDecider
{
    public static void Needs(AttachProcessToEnvironment command, Account account, Needs needs)
    {
        var known = needs.AllEnvironments() & needs.Component(command.ProcessId);
        if (!known || account.Component(command.ProcessId) is null || EnvironmentRules.NotUsed(command.EnvironmentId, account) is not null) return;
        if (!needs.AtomsIn(command.EnvironmentId)) return;
        needs.Atom(account.AtomsIn[command.EnvironmentId]);
        needs.Attachment(account.AtomsIn[command.EnvironmentId].Select(atomId => new AttachmentKey(command.ProcessId, atomId)));
        if (Change(command, account).After.In(command.EnvironmentId).CurrentVersion is > 0 and var version) needs.Manifest(new(command.ProcessId, version));
        ConnectionAudit.Needs([Change(command, account)], account, needs);
    }

    public static Decision Decide(AttachProcessToEnvironment command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive, []) : notLive;
        if (EnvironmentRules.NotUsed(command.EnvironmentId, account) is { } notUsed) return Refused(command, notUsed, []);
        var (change, atomIds) = (Change(command, account), account.AtomsIn[command.EnvironmentId]);
        var before = change.Before.In(command.EnvironmentId);
        if (before.Attached) return Decision.Unchanged;

        var attached = new ProcessAttachedToEnvironment
        {
            ProcessId = command.ProcessId,
            EnvironmentId = command.EnvironmentId,
            EnvironmentName = account.KnownEnvironments().Live(command.EnvironmentId)!.Name,
            Classification = account.KnownEnvironments().Live(command.EnvironmentId)!.Classification,
            EffectiveVersion = before.CurrentVersion == 0 ? null : before.CurrentVersion,
        };
        var (audit, refusal) = ConnectionAudit.Judge([change], account);
        if (refusal is not null) return Refused(command, refusal, atomIds).Audited(audit);
        var accepted = Decision
            .Accepted([attached, .. atomIds.Select(atomId => PairRules.Attached(change, command.EnvironmentId, atomId, audit))])
            .With(ExtensionRules.WarningsOfVersion(account.Component(command.ProcessId)!, before.CurrentVersion, atomIds, account))
            .With(ScheduleRules.StillSuspended(command.ProcessId, atomIds, resuming: false, account));
        return before.CurrentVersion == 0 ? accepted : accepted.With(ConnectionAudit.Warnings(audit)).Audited(audit);
    }

    private static DeploymentChange Change(AttachProcessToEnvironment command, Account account)
    {
        var before = account.Component(command.ProcessId)!.Deployment;
        return new(command.ProcessId, before, before.With(command.EnvironmentId, here => here with
        {
            Attached = true,
            Classification = account.KnownEnvironments().Live(command.EnvironmentId)!.Classification,
            AtomIds = account.AtomsIn[command.EnvironmentId],
        }));
    }

    private static Decision Refused(AttachProcessToEnvironment command, Refusal refusal, IEnumerable<Guid> atomIds) => Decision.Refused(refusal, new AttachmentRefused
    {
        ProcessId = command.ProcessId,
        EnvironmentId = command.EnvironmentId,
        AtomIds = [.. atomIds],
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    });
}
