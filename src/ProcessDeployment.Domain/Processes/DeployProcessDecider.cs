using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Deploys the latest revision of a Process and its closure as the next version (R9, R10).</summary>
public static class DeployProcessDecider
{
    public static void Needs(DeployProcess command, Account account, Needs needs) => Needs([command.ProcessId], account, needs);

    /// <summary>What deploying several Processes in one step has to look up.</summary>
    internal static void Needs(IEnumerable<Guid> processIds, Account account, Needs needs)
    {
        var changes = new List<DeploymentChange>();
        foreach (var processId in processIds.Distinct())
        {
            needs.VersionsOf(processId);
            if (!needs.Closure(processId) || Snapshot.Take(processId, account) is not { Snapshot: { } snapshot }) continue;
            changes.Add(snapshot.Change());
            ExtensionRules.Needs(snapshot.Process, snapshot.Manifest, needs);
            ScheduleRules.NeedsOfDeploy(snapshot.Process, snapshot.Manifest, needs);
        }

        ConnectionAudit.Needs(changes, account, needs);
    }

    public static Decision Decide(DeployProcess command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (ProcessRules.Environment(command.EnvironmentId) is { } disabled) return Refused(command, disabled);
        var (snapshot, incomplete) = Snapshot.Take(command.ProcessId, account);
        if (snapshot is null) return Refused(command, incomplete!);
        var (audit, refusal) = ConnectionAudit.Judge([snapshot.Change()], account);
        if ((refusal ?? Unexpected(command, snapshot)) is { } reason) return Refused(command, reason).Audited(audit);

        return Snapshot.Accepted([snapshot.Deployed(account, ProcessRules.Note(command.Note), audit)], account)
            .With(snapshot.Warnings(account))
            .With(ConnectionAudit.Warnings(audit))
            .Audited(audit);
    }

    internal static DeploymentRefused Refused(Guid processId, string? note, Refusal refusal, int? targetVersion = null) => new()
    {
        ProcessId = processId,
        TargetVersion = targetVersion,
        Note = ProcessRules.Note(note),
        Code = refusal.Code,
        Message = refusal.Message,
        Details = refusal.Details,
    };

    private static Decision Refused(DeployProcess command, Refusal refusal) =>
        Decision.Refused(refusal, Refused(command.ProcessId, command.Note, refusal));

    private static Refusal? Unexpected(DeployProcess command, Snapshot snapshot)
    {
        if (command.ExpectedRevision is { } expected && expected != snapshot.Process.Revision)
            return new(RefusalCodes.ExpectedRevision, $"The latest revision is {snapshot.Process.Revision}, not {expected}.", new ExpectationDetails(expected, snapshot.Process.Revision));
        if (ProcessRules.Expected(command.ExpectedVersion, snapshot.Process.Deployment) is { } version) return version;

        return command.OnlyIfChanged is true && string.Equals(snapshot.Process.Deployment.CurrentContentDigest, snapshot.ContentDigest, StringComparison.Ordinal)
            ? new(RefusalCodes.NothingChanged, $"The content equals that of version {snapshot.Process.Deployment.CurrentVersion}.")
            : null;
    }
}
