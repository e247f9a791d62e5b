using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Executions;

/// <summary>Only the Atom can end a run, so this is a request, and an Atom that is away cannot take it (R41). What runs on a detached Atom may be ended too.</summary>
public static class CancelExecutionDecider
{
    public static void Needs(CancelExecution command, Account account, Needs needs)
    {
        if (needs.Execution(command.ExecutionId) && account.Executions[command.ExecutionId] is { } execution) needs.Atom(execution.AtomId);
    }

    public static Decision Decide(CancelExecution command, Account account)
    {
        if (account.Executions[command.ExecutionId] is not { } execution) return ExecutionRules.Unknown(command.ExecutionId);
        if (execution.HasEnded()) return ExecutionRules.Ended(execution);
        if (execution.CancelRequested) return Decision.Unchanged;
        if (account.Atoms[execution.AtomId] is { } atom && ExecutionRules.Offline(atom) is { } offline) return offline;

        return new ExecutionCancelRequested { ExecutionId = execution.ExecutionId, ProcessId = execution.ProcessId, AtomId = execution.AtomId };
    }
}
