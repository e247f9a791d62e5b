using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Environments;

/// <summary>The Process is no longer deployed on any Atom of the environment (R6); what is current there stays (R7).</summary>
public static class DetachProcessFromEnvironmentDecider
{
    public static void Needs(DetachProcessFromEnvironment command, Account account, Needs needs)
    {
        needs.AllEnvironments();
        if (!needs.Component(command.ProcessId) || account.Component(command.ProcessId) is not { } process) return;
        needs.Attachment(process.Deployment.In(command.EnvironmentId).AtomIds.Select(atomId => new AttachmentKey(command.ProcessId, atomId)));
        ConnectionAudit.Needs([Change(command, process)], account, needs);
    }

    public static Decision Decide(DetachProcessFromEnvironment command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return notLive;
        if (EnvironmentRules.NotUsed(command.EnvironmentId, account) is { } notUsed) return notUsed;
        var process = account.Component(command.ProcessId)!;
        if (!process.Deployment.In(command.EnvironmentId).Attached) return Decision.Unchanged;

        var move = LicenceMove.Of(account.KnownLicences(), [Change(command, process)]);
        return Decision
            .Accepted([
                .. process.Deployment.In(command.EnvironmentId).AtomIds.Select(atomId => DetachAtomsDecider.Detached(process, atomId, move.Freed, account)),
                new ProcessDetachedFromEnvironment
                {
                    ProcessId = command.ProcessId,
                    EnvironmentId = command.EnvironmentId,
                    EnvironmentName = account.KnownEnvironments().All[command.EnvironmentId].Name,
                },
            ])
            .Audited(ConnectionAudit.Audited(move));
    }

    private static DeploymentChange Change(DetachProcessFromEnvironment command, Components.Component process) =>
        new(command.ProcessId, process.Deployment, process.Deployment.With(command.EnvironmentId, here => here with { Attached = false, AtomIds = [] }));
}
