using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Environments;

/// <summary>Carries exactly this version to an environment: it keeps its number wherever it goes, and an earlier one brings back what ran there before.</summary>
public static class PromoteVersionDecider
{
    public static void Needs(PromoteVersion command, Account account, Needs needs)
    {
        needs.VersionsOf(command.ProcessId);
        var known = needs.AllEnvironments() & needs.Component(command.ProcessId) & needs.Manifest(Target(command));
        if (!known || account.Component(command.ProcessId) is not { } process || account.Manifests[Target(command)] is not { } pinned) return;
        Snapshot.Needs(process, pinned.Manifest, command.EnvironmentId, needs);
        ConnectionAudit.Needs([Change(command, process.Deployment, pinned)], account, needs);
    }

    public static Decision Decide(PromoteVersion command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (EnvironmentRules.NotUsed(command.EnvironmentId, account) is { } notUsed) return Refused(command, notUsed);
        var process = account.Component(command.ProcessId)!;
        if (account.Manifests[Target(command)] is not { } pinned) return Refused(command, RedeployVersionDecider.NoSuchVersion(command.TargetVersion, process.Deployment.CurrentVersion));
        if (PackageRules.Withdrawn(Target(command), account) is { } withdrawn) return Refused(command, withdrawn);
        var here = process.Deployment.In(command.EnvironmentId);
        if (here.CurrentVersion == command.TargetVersion) return Decision.Unchanged;

        var (audit, refusal) = ConnectionAudit.Judge([Change(command, process.Deployment, pinned)], account);
        if (refusal is not null) return Refused(command, refusal).Audited(audit);
        var promoted = new VersionPromoted
        {
            ProcessId = command.ProcessId,
            VersionNumber = command.TargetVersion,
            EnvironmentName = account.KnownEnvironments().Live(command.EnvironmentId)!.Name,
            FormerVersion = here.CurrentVersion == 0 ? null : here.CurrentVersion,
            Note = ProcessRules.Note(command.Note),
            Digest = pinned.Digest,
            Connections = LicensedConnection.In(pinned.Manifest),
            Targets = [Snapshot.TargetOf(process.Deployment, command.EnvironmentId)],
            Audit = audit,
        };
        List<DomainEvent> events = [promoted, .. Snapshot.Started(command.ProcessId, pinned.Manifest, promoted.Targets, account)];
        return Decision.Accepted(events)
            .With(ScheduleRules.Warnings(events, account))
            .With(Snapshot.Warnings(process, pinned.Manifest, promoted.Targets, account))
            .With(ConnectionAudit.Warnings(audit))
            .Audited(audit);
    }

    private static VersionKey Target(PromoteVersion command) => new(command.ProcessId, command.TargetVersion);

    private static DeploymentChange Change(PromoteVersion command, Deployment before, DeployedManifest pinned) =>
        new(command.ProcessId, before, before.With(command.EnvironmentId, here => here.Running(command.TargetVersion, LicensedConnection.In(pinned.Manifest))));

    private static Decision Refused(PromoteVersion command, Refusal refusal) => Decision.Refused(refusal, new PromotionRefused
    {
        ProcessId = command.ProcessId,
        TargetVersion = command.TargetVersion,
        EnvironmentId = command.EnvironmentId,
        Note = ProcessRules.Note(command.Note),
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    });
}
