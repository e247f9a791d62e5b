using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Detaching undeploys from those Atoms only, keeps all history (R6, R7) and frees what nothing else there needs (#51).</summary>
public static class DetachAtomsDecider
{
    public static void Needs(DetachAtoms command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.Atom(command.AtomIds);
        needs.Attachment(command.AtomIds.Select(atomId => new AttachmentKey(command.ProcessId, atomId)));
        if (needs.Component(command.ProcessId) && account.Component(command.ProcessId) is not null)
            ConnectionAudit.Needs([Change(command, account)], account, needs);
    }

    public static Decision Decide(DetachAtoms command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return notLive;
        if (EnvironmentRules.Used(account) is { } used) return used;
        if (AtomRules.Unknown(command.AtomIds, account) is { } unknown) return unknown;

        var change = Change(command, account);
        var removed = change.Before.AtomIds.Except(change.After.AtomIds);
        if (removed.IsEmpty) return Decision.Unchanged;

        var move = LicenceMove.Of(account.KnownLicences(), [change]);
        return Decision
            .Accepted(removed.Select(atomId => Detached(account.Component(command.ProcessId)!, atomId, move.Freed, account)))
            .Audited(ConnectionAudit.Audited(move));
    }

    internal static AtomDetached Detached(Component process, Guid atomId, IEnumerable<PooledLicence> freed, Account account) => new()
    {
        ProcessId = process.ComponentId,
        AtomId = atomId,
        EnvironmentId = process.Deployment.Through(atomId)?.EnvironmentId,
        FormerVersion = process.Deployment.VersionOn(atomId) is var version and > 0 ? version : null,
        Suspended = ScheduleRules.SuspendedBy(account.Attachments.GetValueOrDefault(new(process.ComponentId, atomId))),
        LicencesFreed = [.. from licence in freed
                            where licence.Pair.AtomId == atomId
                            select new FreedLicence(licence.Pool.Class, licence.Pool.Classification, licence.Pair.ComponentId, atomId)],
    };

    private static DeploymentChange Change(DetachAtoms command, Account account)
    {
        var before = account.Component(command.ProcessId)!.Deployment;
        return new(command.ProcessId, before, before with { AtomIds = before.AtomIds.Except(command.AtomIds) });
    }
}
