using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;

namespace ProcessDeployment.Domain.Environments;

/// <summary>Nothing that the Atom had through its environment runs there any more; other Atoms are untouched (R6).</summary>
public static class DetachAtomFromEnvironmentDecider
{
    public static void Needs(DetachAtomFromEnvironment command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        needs.Atom(command.AtomId);
        if (account.LiveAtom(command.AtomId)?.EnvironmentId != command.EnvironmentId || !needs.ProcessesIn(command.EnvironmentId)) return;
        var processIds = account.ProcessesIn[command.EnvironmentId];
        needs.Component(processIds);
        needs.Attachment(processIds.Select(processId => new AttachmentKey(processId, command.AtomId)));
        if (processIds.All(account.Components.ContainsKey)) ConnectionAudit.Needs(Changes(command, account), account, needs);
    }

    public static Decision Decide(DetachAtomFromEnvironment command, Account account)
    {
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;
        if (EnvironmentRules.NotUsed(command.EnvironmentId, account) is { } notUsed) return notUsed;
        if (account.LiveAtom(command.AtomId)!.EnvironmentId != command.EnvironmentId) return Decision.Unchanged;

        var changes = Changes(command, account);
        var move = LicenceMove.Of(account.KnownLicences(), changes);
        return Decision
            .Accepted([
                .. PairRules.Detached(changes, command.AtomId, move, account),
                new AtomDetachedFromEnvironment { AtomId = command.AtomId, EnvironmentId = command.EnvironmentId, EnvironmentName = account.KnownEnvironments().All[command.EnvironmentId].Name },
            ])
            .Audited(ConnectionAudit.Audited(move));
    }

    private static List<DeploymentChange> Changes(DetachAtomFromEnvironment command, Account account) =>
        [.. from processId in account.ProcessesIn[command.EnvironmentId]
            let before = account.Component(processId)!.Deployment
            select new DeploymentChange(processId, before, before.Without(command.AtomId))];
}
