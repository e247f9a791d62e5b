using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>An Atom in use is deleted only by force: everything is detached first and its licences are freed (#14).</summary>
public static class DeleteAtomDecider
{
    public static void Needs(DeleteAtom command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.Atom(command.AtomId);
        if (!needs.ProcessesAttachedTo(command.AtomId) || command.Force is not true) return;
        var processIds = account.AttachedTo[command.AtomId];
        needs.Component(processIds);
        needs.Attachment(processIds.Select(processId => new AttachmentKey(processId, command.AtomId)));
        if (processIds.All(account.Components.ContainsKey)) ConnectionAudit.Needs(Changes(command, account), account, needs);
    }

    public static Decision Decide(DeleteAtom command, Account account)
    {
        if (account.Atoms.GetValueOrDefault(command.AtomId) is { Deleted: true }) return Decision.Unchanged;
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;
        var processIds = account.AttachedTo[command.AtomId];
        if (processIds.IsEmpty) return Decision.Accepted(Deleted(account.LiveAtom(command.AtomId)!, account));
        if (command.Force is not true)
            return new Refusal(RefusalCodes.AtomInUse, $"{processIds.Count} Process(es) are attached to it; detach them or use force.", new ProcessesDetails([.. processIds.Take(ProcessesDetails.MostInUse)]));

        // A connection that several of these Processes share is freed once: with the last of them.
        var (events, changes) = (new List<DomainEvent>(), Changes(command, account));
        var audit = ConnectionAudit.Audited(LicenceMove.Of(account.KnownLicences(), changes));
        foreach (var change in changes)
        {
            var freed = LicenceMove.Of(account.KnownLicences(), [change]).Freed;
            events.Add(DetachAtomsDecider.Detached(account.Component(change.ProcessId)!, command.AtomId, freed, account));
            account = account.Evolve(events[^1]);
        }

        return Decision.Accepted([.. events, .. Deleted(account.LiveAtom(command.AtomId)!, account)]).Audited(audit);
    }

    /// <summary>It leaves its environment, so that this does not keep an Atom that is none any more.</summary>
    private static IEnumerable<DomainEvent> Deleted(Atom atom, Account account)
    {
        if (atom.EnvironmentId is { } environmentId) yield return new AtomDetachedFromEnvironment { AtomId = atom.AtomId, EnvironmentId = environmentId, EnvironmentName = account.KnownEnvironments().All[environmentId].Name };
        yield return new AtomDeleted { AtomId = atom.AtomId };
    }

    private static List<DeploymentChange> Changes(DeleteAtom command, Account account) =>
        [.. from processId in account.AttachedTo[command.AtomId]
            let before = account.Component(processId)!.Deployment
            select new DeploymentChange(processId, before, before.Without(command.AtomId))];
}
