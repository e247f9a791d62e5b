using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Pins what a deploy would pin as the next version, which is current nowhere until it is promoted: no Atom gets it, and no licence is needed for it.</summary>
public static class PackageProcessDecider
{
    public static void Needs(PackageProcess command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.VersionsOf(command.ProcessId);
        needs.Closure(command.ProcessId);
        needs.Pools();
    }

    public static Decision Decide(PackageProcess command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return ProcessRules.IsThere(notLive) ? Refused(command, notLive) : notLive;
        if (EnvironmentRules.NotEnabled(account) is { } disabled) return Refused(command, disabled);
        var (snapshot, incomplete) = Snapshot.Take(command.ProcessId, account);
        if (snapshot is null) return Refused(command, incomplete!);
        var label = command.Label.Trim();
        if ((ProcessRules.ExpectedRevision(command.ExpectedRevision, snapshot.Process.Revision) ?? PackageRules.Taken(command.ProcessId, label, account)) is { } reason) return Refused(command, reason);

        var packaged = snapshot.Deployed(account, environmentId: null, ProcessRules.Note(command.Note), ConnectionAudit.Judge([], account).Audit) with { Targets = [] };
        return Decision.Accepted(packaged, new VersionLabelled { ProcessId = command.ProcessId, VersionNumber = packaged.VersionNumber, Label = label });
    }

    private static Decision Refused(PackageProcess command, Refusal refusal) =>
        Decision.Refused(refusal, DeployProcessDecider.Refused(command.ProcessId, environmentId: null, command.Note, refusal));
}
