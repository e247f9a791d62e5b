using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Executions;

/// <summary>A run by hand (R38). It is asked for, and the Atom runs it in its own time (R39).</summary>
public static class ExecuteProcessDecider
{
    public static void Needs(ExecuteProcess command, Account account, Needs needs) => ExecutionRules.Needs(Key(command), account, needs);

    /// <param name="command">The command.</param>
    /// <param name="account">What it looks at.</param>
    /// <param name="commandId">Becomes the id of the execution.</param>
    public static Decision Decide(ExecuteProcess command, Account account, Guid commandId)
    {
        if (ExecutionRules.Gate(Key(command), account) is { } refusal) return refusal;
        return SimultaneousRuns.Begin(account, new()
        {
            ExecutionId = commandId,
            ProcessId = command.ProcessId,
            AtomId = command.AtomId,
            Kind = ExecutionKind.Manual,
            VersionNumber = account.Component(command.ProcessId)!.Deployment.VersionOn(command.AtomId),
            Properties = command.Properties ?? [],
        });
    }

    private static AttachmentKey Key(ExecuteProcess command) => new(command.ProcessId, command.AtomId);
}
