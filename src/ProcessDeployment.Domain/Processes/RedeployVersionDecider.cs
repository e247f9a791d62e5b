using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Processes;

/// <summary>
/// An earlier snapshot becomes a new version (R11). Snapshots hold their whole meaning, so that deleted components do
/// not stand in the way (#20); licences may (#22).
/// </summary>
public static class RedeployVersionDecider
{
    public static void Needs(RedeployVersion command, Account account, Needs needs)
    {
        needs.VersionsOf(command.ProcessId);
        var known = needs.Component(command.ProcessId) & needs.Manifest(Target(command));
        if (!known || account.Component(command.ProcessId) is not { } process || account.Manifests[Target(command)] is not { } pinned) return;
        ExtensionRules.Needs(process, pinned.Manifest, needs);
        ScheduleRules.NeedsOfDeploy(process, pinned.Manifest, needs);
        ConnectionAudit.Needs([Snapshot.Change(process, pinned.Manifest)], account, needs);
    }

    public static Decision Decide(RedeployVersion command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (ProcessRules.Environment(command.EnvironmentId) is { } disabled) return Refused(command, disabled);
        var process = account.Component(command.ProcessId)!;
        if (account.Manifests[Target(command)] is not { } pinned) return Refused(command, NoSuchVersion(command, process.Deployment.CurrentVersion));

        var (audit, refusal) = ConnectionAudit.Judge([Snapshot.Change(process, pinned.Manifest)], account);
        if ((refusal ?? ProcessRules.Expected(command.ExpectedVersion, process.Deployment)) is { } reason) return Refused(command, reason).Audited(audit);

        var note = ProcessRules.Note(command.Note) ?? $"Re-deployment of version {command.TargetVersion}";
        return Snapshot
            .Accepted([Snapshot.Deployed(process, account, pinned, note, audit) with { RedeployOf = command.TargetVersion }], account)
            .With(Snapshot.Warnings(process, pinned.Manifest, account))
            .With(ConnectionAudit.Warnings(audit))
            .Audited(audit);
    }

    private static VersionKey Target(RedeployVersion command) => new(command.ProcessId, command.TargetVersion);

    private static Refusal NoSuchVersion(RedeployVersion command, int current) => new(
        RefusalCodes.NoSuchVersion, $"There is no version {command.TargetVersion}; the newest is {current}.", new ExpectationDetails(command.TargetVersion, current));

    private static Decision Refused(RedeployVersion command, Refusal refusal) =>
        Decision.Refused(refusal, DeployProcessDecider.Refused(command.ProcessId, command.Note, refusal, command.TargetVersion));
}
