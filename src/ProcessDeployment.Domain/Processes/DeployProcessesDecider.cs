using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Several Processes in one step: all or none, audited once on the final state.</summary>
public static class DeployProcessesDecider
{
    public static void Needs(DeployProcesses command, Account account, Needs needs) =>
        DeployProcessDecider.Needs(command.ProcessIds, command.EnvironmentId, account, needs);

    public static Decision Decide(DeployProcesses command, Account account)
    {
        var processIds = command.ProcessIds.Distinct().ToList();
        if (ProcessRules.NotLive(processIds, account) is { } notLive)
            return ProcessRules.IsThere(notLive) ? Refused(command, ((ProcessesDetails)notLive.Details!).ProcessIds, notLive) : notLive;
        var (environmentId, nowhere) = EnvironmentRules.Target(command.EnvironmentId, account);
        if (nowhere is not null) return Refused(command, processIds, nowhere);

        var snapshots = new List<Snapshot>();
        foreach (var processId in processIds)
        {
            var (snapshot, incomplete) = Snapshot.Take(processId, account);
            if (snapshot is null) return Refused(command, [processId], incomplete! with { Message = $"{account.Component(processId)!.Name}: {incomplete.Message}" });
            snapshots.Add(snapshot);
        }

        var (audit, refusal) = ConnectionAudit.Judge(snapshots.ConvertAll(snapshot => snapshot.Change(environmentId)), account);
        if (refusal is not null) return Refused(command, processIds, refusal).Audited(audit);

        return Snapshot
            .Accepted(snapshots.ConvertAll(snapshot => snapshot.Deployed(account, environmentId, ProcessRules.Note(command.Note), audit.Of(snapshot.Change(environmentId).Pairs().ToHashSet().Contains))), account)
            .With(snapshots.SelectMany(snapshot => Snapshot.Warnings(snapshot.Process, snapshot.Manifest, [Snapshot.TargetOf(snapshot.Process.Deployment, environmentId)], account)))
            .With(ConnectionAudit.Warnings(audit))
            .Audited(audit);
    }

    private static Decision Refused(DeployProcesses command, IEnumerable<Guid> processIds, Refusal refusal) =>
        Decision.Refused(refusal, processIds.Select(processId => DeployProcessDecider.Refused(processId, command.EnvironmentId, command.Note, refusal)));
}
