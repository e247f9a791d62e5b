using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;

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
        var known = needs.AllEnvironments() & needs.Component(command.ProcessId) & needs.Manifest(Target(command));
        if (!known || account.Component(command.ProcessId) is not { } process || account.Manifests[Target(command)] is not { } pinned) return;
        var environmentId = EnvironmentRules.Target(command.EnvironmentId, account).EnvironmentId;
        Snapshot.Needs(process, pinned.Manifest, environmentId, needs);
        ConnectionAudit.Needs([Snapshot.Change(process, pinned.Manifest, environmentId)], account, needs);
    }

    public static Decision Decide(RedeployVersion command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        var (environmentId, nowhere) = EnvironmentRules.Target(command.EnvironmentId, account);
        if (nowhere is not null) return Refused(command, nowhere);
        var process = account.Component(command.ProcessId)!;
        if (account.Manifests[Target(command)] is not { } pinned) return Refused(command, NoSuchVersion(command.TargetVersion, process.Deployment.CurrentVersion));
        if (PackageRules.Withdrawn(Target(command), account) is { } withdrawn) return Refused(command, withdrawn);

        var (audit, refusal) = ConnectionAudit.Judge([Snapshot.Change(process, pinned.Manifest, environmentId)], account);
        if ((refusal ?? ProcessRules.Expected(command.ExpectedVersion, Snapshot.Replaced(process.Deployment, environmentId))) is { } reason) return Refused(command, reason).Audited(audit);

        var note = ProcessRules.Note(command.Note) ?? $"Re-deployment of version {command.TargetVersion}";
        var deployed = Snapshot.Deployed(process, account, environmentId, pinned, note, audit) with { RedeployOf = command.TargetVersion };
        return Snapshot.Accepted([deployed], account)
            .With(Snapshot.Warnings(process, pinned.Manifest, deployed.Targets, account))
            .With(ConnectionAudit.Warnings(audit))
            .Audited(audit);
    }

    private static VersionKey Target(RedeployVersion command) => new(command.ProcessId, command.TargetVersion);

    internal static Refusal NoSuchVersion(int targetVersion, int newest) => new(
        RefusalCodes.NoSuchVersion, $"There is no version {targetVersion}; the newest is {newest}.", new ExpectationDetails(targetVersion, newest));

    private static Decision Refused(RedeployVersion command, Refusal refusal) =>
        Decision.Refused(refusal, DeployProcessDecider.Refused(command.ProcessId, command.EnvironmentId, command.Note, refusal, command.TargetVersion));
}
