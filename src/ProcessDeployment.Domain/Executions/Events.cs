using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Executions;

/// <summary>What happens in one execution, in order of life.</summary>
public abstract record ExecutionEvent : DomainEvent
{
    public required Guid ExecutionId { get; init; }
    public required Guid ProcessId { get; init; }
    public required Guid AtomId { get; init; }

    public override string StreamName() => StreamNames.Execution(ProcessId, ExecutionId);
}

/// <summary>A run of a Process on an Atom was asked for. Where it is discarded, that follows at once and the Atom has nothing to do.</summary>
[WireName("processdeployment.execution-requested.v1")]
public sealed record ExecutionRequested : ExecutionEvent
{
    public required ExecutionKind Kind { get; init; }

    /// <summary>The version that was current then.</summary>
    public required int VersionNumber { get; init; }

    public required IReadOnlyList<ExecutionProperty> Properties { get; init; }

    /// <summary>When its schedule wanted it; null for one that somebody asked for.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The execution that failed, where this tries again.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The how manieth retry this is.</summary>
    public int? Attempt { get; init; }
}

/// <summary>The Atom runs it. Of a child execution, which nobody asked the Atom for, this is the first event.</summary>
[WireName("processdeployment.execution-started.v1")]
public sealed record ExecutionStarted : ExecutionEvent
{
    /// <summary>The version that runs (#33); of a child, that of the Process at the top, which bundles it.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Set for a child: the execution that called it.</summary>
    public Guid? ParentExecutionId { get; init; }

    /// <summary>Set for a child: the execution at the top of all calls.</summary>
    public Guid? TopLevelExecutionId { get; init; }

    /// <summary>Set for a child: the Process at the top of all calls.</summary>
    public Guid? TopLevelProcessId { get; init; }
}

/// <summary>Somebody asked the Atom to end it. It may complete all the same (R41).</summary>
[WireName("processdeployment.execution-cancel-requested.v1")]
public sealed record ExecutionCancelRequested : ExecutionEvent;

/// <summary>It failed and its schedule has it tried again, in another execution.</summary>
[WireName("processdeployment.retry-awaited.v1")]
public sealed record RetryAwaited : ExecutionEvent
{
    /// <summary>The how manieth retry that will be.</summary>
    public required int Attempt { get; init; }

    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>It ended.</summary>
[WireName("processdeployment.execution-completed.v1")]
public sealed record ExecutionCompleted : ExecutionEvent
{
    /// <summary>COMPLETE, COMPLETE_WARN, ERROR or ABORTED as the Atom says; DISCARDED where another run was under way (#63).</summary>
    public required ExecutionStatus Status { get; init; }

    public string? Message { get; init; }

    /// <summary>The end of its log, in the words of the Process.</summary>
    public string? LogTail { get; init; }
}
