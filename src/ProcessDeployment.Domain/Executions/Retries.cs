using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Executions;

/// <summary>
/// A scheduled execution that failed is tried again as often and at such times as its schedules say. Runs by hand are not;
/// and stopping the schedules ends the retries too.
/// </summary>
internal static class Retries
{
    public static void Needs(ReportExecution command, Execution execution, Needs needs)
    {
        if (MayRetry(command, execution)) needs.Attachment(Key(execution));
    }

    /// <summary>Null when it is not tried again.</summary>
    public static RetryAwaited? After(ReportExecution command, Execution execution, Account account, DateTimeOffset now)
    {
        if (!MayRetry(command, execution) || account.Attachments[Key(execution)]?.Schedules is not { Retry: { } retry } schedules || !schedules.AreAtWork()) return null;
        var attempt = (execution.Attempt ?? 0) + 1;
        if (attempt > retry.MaxRetry || schedules.RetryRecurrences()?.NextAfter(now) is not { } due) return null;
        return new() { ExecutionId = execution.ExecutionId, ProcessId = execution.ProcessId, AtomId = execution.AtomId, Attempt = attempt, DueAt = due };
    }

    private static bool MayRetry(ReportExecution command, Execution execution) =>
        command.Status == ExecutionStatus.Error && execution.Kind is (ExecutionKind.Scheduled or ExecutionKind.Retry);

    private static AttachmentKey Key(Execution execution) => new(execution.ProcessId, execution.AtomId);
}
