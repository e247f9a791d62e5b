using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Deploys the latest revision of a Process and its closure as the next version (R9, R10).</summary>
public static class DeployProcessDecider
{
    public static void Needs(DeployProcess command, Account account, Needs needs) => Needs([command.ProcessId], command.EnvironmentId, account, needs);

    /// <summary>What deploying several Processes in one step has to look up.</summary>
    internal static void Needs(IEnumerable<Guid> processIds, Guid? named, Account account, Needs needs)
    {
        var environments = needs.AllEnvironments();
        var changes = new List<DeploymentChange>();
        foreach (var processId in processIds.Distinct())
        {
            needs.VersionsOf(processId);
            if (!needs.Closure(processId) || Snapshot.Take(processId, account) is not { Snapshot: { } snapshot } || !environments) continue;
            var environmentId = EnvironmentRules.Target(named, account).EnvironmentId;
            changes.Add(snapshot.Change(environmentId));
            Snapshot.Needs(snapshot.Process, snapshot.Manifest, environmentId, needs);
        }

        ConnectionAudit.Needs(changes, account, needs);
    }

    public static Decision Decide(DeployProcess command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        var (environmentId, nowhere) = EnvironmentRules.Target(command.EnvironmentId, account);
        if (nowhere is not null) return Refused(command, nowhere);
        var (snapshot, incomplete) = Snapshot.Take(command.ProcessId, account);
        if (snapshot is null) return Refused(command, incomplete!);
        var (audit, refusal) = ConnectionAudit.Judge([snapshot.Change(environmentId)], account);
        if ((refusal ?? Unexpected(command, snapshot, environmentId, account)) is { } reason) return Refused(command, reason).Audited(audit);

        var deployed = snapshot.Deployed(account, environmentId, ProcessRules.Note(command.Note), audit);
        return Snapshot.Accepted([deployed], account)
            .With(Snapshot.Warnings(snapshot.Process, snapshot.Manifest, deployed.Targets, account))
            .With(ConnectionAudit.Warnings(audit))
            .Audited(audit);
    }

    internal static DeploymentRefused Refused(Guid processId, Guid? environmentId, string? note, Refusal refusal, int? targetVersion = null) => new()
    {
        ProcessId = processId,
        TargetVersion = targetVersion,
        EnvironmentId = environmentId,
        Note = ProcessRules.Note(note),
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    };

    private static Decision Refused(DeployProcess command, Refusal refusal) =>
        Decision.Refused(refusal, Refused(command.ProcessId, command.EnvironmentId, command.Note, refusal));

    private static Refusal? Unexpected(DeployProcess command, Snapshot snapshot, Guid? environmentId, Account account)
    {
        if (ProcessRules.ExpectedRevision(command.ExpectedRevision, snapshot.Process.Revision) is { } revision) return revision;
        var current = Snapshot.Replaced(snapshot.Process.Deployment, environmentId);
        if (ProcessRules.Expected(command.ExpectedVersion, current) is { } version) return version;

        return command.OnlyIfChanged is true && string.Equals(account.Versions[command.ProcessId].FirstOrDefault(known => known.VersionNumber == current)?.ContentDigest, snapshot.ContentDigest, StringComparison.Ordinal)
            ? new(RefusalCodes.NothingChanged, $"The content equals that of version {current}.")
            : null;
    }
}
