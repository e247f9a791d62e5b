using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Executions;

/// <summary>One run of a Process on an Atom.</summary>
public sealed record Execution
{
    public required Guid ExecutionId { get; init; }
    public required Guid ProcessId { get; init; }
    public required Guid AtomId { get; init; }
    public required ExecutionKind Kind { get; init; }

    /// <summary>The version that was current when it was asked for, then the one that runs.</summary>
    public required int VersionNumber { get; init; }

    public ExecutionStatus Status { get; init; }
    public bool CancelRequested { get; init; }

    /// <summary>Set for a retry: the how manieth it is.</summary>
    public int? Attempt { get; init; }

    /// <summary>It failed, and is tried again.</summary>
    public bool RetryAwaited { get; init; }

    /// <summary>Set for a child: the execution at the top of all calls.</summary>
    public Guid? TopLevelExecutionId { get; init; }

    /// <summary>The Process at the top of all calls: its version bundles what runs here.</summary>
    public required Guid TopLevelProcessId { get; init; }

    public bool HasEnded() => Status is not (ExecutionStatus.Requested or ExecutionStatus.Started);

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static Execution? Evolve(Execution? execution, ExecutionEvent @event) => @event switch
    {
        ExecutionRequested requested => Begun(requested, requested.Kind, requested.VersionNumber) with { Attempt = requested.Attempt },
        ExecutionStarted { ParentExecutionId: not null } started => Begun(started, ExecutionKind.SubProcess, started.VersionNumber) with
        {
            Status = ExecutionStatus.Started,
            TopLevelExecutionId = started.TopLevelExecutionId,
            TopLevelProcessId = started.TopLevelProcessId ?? started.ProcessId,
        },
        ExecutionStarted started => execution is null ? null : execution with { Status = ExecutionStatus.Started, VersionNumber = started.VersionNumber },
        ExecutionCancelRequested => execution is null ? null : execution with { CancelRequested = true },
        Executions.RetryAwaited => execution is null ? null : execution with { RetryAwaited = true },
        ExecutionCompleted completed => execution is null ? null : execution with { Status = completed.Status },
        _ => execution,
    };

    private static Execution Begun(ExecutionEvent @event, ExecutionKind kind, int versionNumber) => new()
    {
        ExecutionId = @event.ExecutionId,
        ProcessId = @event.ProcessId,
        AtomId = @event.AtomId,
        Kind = kind,
        VersionNumber = versionNumber,
        TopLevelProcessId = @event.ProcessId,
    };
}
