using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Executions;

/// <summary>
/// What an Atom says of its executions. Others' do not exist for it. Reports may get lost or come twice: an end without a
/// start counts, the same again changes nothing, and nothing changes what has ended.
/// </summary>
public static class ReportExecutionDecider
{
    public static void Needs(ReportExecution command, Account account, Needs needs)
    {
        if (needs.Execution(command.ExecutionId) && account.Executions[command.ExecutionId] is { } execution)
        {
            needs.Component(execution.TopLevelProcessId);
            Retries.Needs(command, execution, needs);
        }

        if (command.ParentExecutionId is { } parentId && needs.Execution(parentId) && account.Executions[parentId] is { } parent) needs.Manifest(Bundle(parent));
    }

    /// <param name="command">The command.</param>
    /// <param name="account">What it looks at.</param>
    /// <param name="now">The time of the account.</param>
    public static Decision Decide(ReportExecution command, Account account, DateTimeOffset now)
    {
        if (account.Executions[command.ExecutionId] is not { } execution) return command.ParentExecutionId is { } parentId ? Child(command, parentId, account) : ExecutionRules.Unknown(command.ExecutionId);
        if (execution.AtomId != command.AtomId) return ExecutionRules.Unknown(command.ExecutionId);
        if (execution.Status == command.Status) return Decision.Unchanged;
        if (execution.HasEnded()) return ExecutionRules.Ended(execution);
        if (NoSuchVersion(command, account.Component(execution.TopLevelProcessId)!.Deployment) is { } refusal) return refusal;

        return command.Status == ExecutionStatus.Started
            ? new ExecutionStarted { ExecutionId = execution.ExecutionId, ProcessId = execution.ProcessId, AtomId = execution.AtomId, VersionNumber = command.VersionNumber ?? execution.VersionNumber }
            : Decision.Accepted(new DomainEvent?[] { Completed(command, execution.ProcessId), Retries.After(command, execution, account, now) }.OfType<DomainEvent>());
    }

    /// <summary>A called Process that has a record of its own (R27). It runs as a part of the version at the top.</summary>
    private static Decision Child(ReportExecution command, Guid parentId, Account account)
    {
        if (account.Executions[parentId] is not { } parent || parent.AtomId != command.AtomId) return ExecutionRules.Unknown(parentId);
        if (!account.Manifests[Bundle(parent)]!.Manifest.Any(entry => entry.ComponentId == command.ProcessId && entry.ComponentType == ComponentTypes.Process))
            return new Refusal(RefusalCodes.NotDeployed, $"Version {parent.VersionNumber} of what was executed bundles no Process {command.ProcessId}.", new AtomsDetails([command.AtomId]));

        var started = new ExecutionStarted
        {
            ExecutionId = command.ExecutionId,
            ProcessId = command.ProcessId!.Value,
            AtomId = command.AtomId,
            VersionNumber = parent.VersionNumber,
            ParentExecutionId = parentId,
            TopLevelExecutionId = parent.TopLevelExecutionId ?? parentId,
            TopLevelProcessId = parent.TopLevelProcessId,
        };
        return command.Status == ExecutionStatus.Started ? started : Decision.Accepted(started, Completed(command, started.ProcessId));
    }

    private static ExecutionCompleted Completed(ReportExecution command, Guid processId) => new()
    {
        ExecutionId = command.ExecutionId,
        ProcessId = processId,
        AtomId = command.AtomId,
        Status = command.Status,
        Message = command.Message,
        LogTail = command.LogTail,
    };

    private static VersionKey Bundle(Execution execution) => new(execution.TopLevelProcessId, execution.VersionNumber);

    private static Refusal? NoSuchVersion(ReportExecution command, Deployment deployment) =>
        command.VersionNumber is { } number && number > deployment.CurrentVersion
            ? new(RefusalCodes.NoSuchVersion, $"There is no version {number}; the newest is {deployment.CurrentVersion}.", new ExpectationDetails(number, deployment.CurrentVersion))
            : null;
}
