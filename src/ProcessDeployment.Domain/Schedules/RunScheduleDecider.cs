using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Executions;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>
/// A run that is due goes through the same gate as one by hand. Where the Atom is away it is missed, which is told in one
/// event and never made up for (#64); where the schedule was put to rest meanwhile, nothing is due any more.
/// </summary>
public static class RunScheduleDecider
{
    public static void Needs(RunSchedule command, Account account, Needs needs)
    {
        needs.Attachment(Key(command));
        ExecutionRules.Needs(Key(command), account, needs);
    }

    /// <param name="command">The command.</param>
    /// <param name="account">What it looks at.</param>
    /// <param name="commandId">Becomes the id of the execution.</param>
    public static Decision Decide(RunSchedule command, Account account, Guid commandId)
    {
        if (account.Attachments[Key(command)]?.Schedules is not { } schedules || !schedules.AreAtWork()) return Decision.Unchanged;
        var refusal = ExecutionRules.Gate(Key(command), account);
        if (refusal is not null && !string.Equals(refusal.Code, RefusalCodes.AtomOffline, StringComparison.Ordinal)) return Decision.Unchanged;

        List<DomainEvent> events = command.DueAt is not { } due ? [.. Missed(command, command.Missed)]
            : refusal is not null ? [.. Missed(command, Away(command.Missed, due))]
            : [.. Missed(command, command.Missed), .. SimultaneousRuns.Begin(account, Requested(command, due, account, commandId)).Events];
        return events.Count == 0 ? Decision.Unchanged : Decision.Accepted(events);
    }

    private static MissedRuns Away(MissedRuns? before, DateTimeOffset due) => before?.And(due, MissedReason.AtomOffline) ?? new(1, due, due, MissedReason.AtomOffline);

    private static IEnumerable<DomainEvent> Missed(RunSchedule command, MissedRuns? missed)
    {
        if (missed is not null) yield return new RunsMissed { ProcessId = command.ProcessId, AtomId = command.AtomId, Count = missed.Count, FirstDueAt = missed.First, LastDueAt = missed.Last, MissedFor = missed.Reason };
    }

    private static ExecutionRequested Requested(RunSchedule command, DateTimeOffset due, Account account, Guid commandId) => new()
    {
        ExecutionId = commandId,
        ProcessId = command.ProcessId,
        AtomId = command.AtomId,
        Kind = command.RetryOf is null ? ExecutionKind.Scheduled : ExecutionKind.Retry,
        VersionNumber = account.Component(command.ProcessId)!.Deployment.VersionOn(command.AtomId),
        Properties = [],
        DueAt = due,
        RetryOf = command.RetryOf,
        Attempt = command.Attempt,
    };

    private static AttachmentKey Key(RunSchedule command) => new(command.ProcessId, command.AtomId);
}
