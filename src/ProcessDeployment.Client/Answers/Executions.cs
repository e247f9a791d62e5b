using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>Which executions to list.</summary>
public sealed record ExecutionFilter(Guid? AtomId = null, Guid? ProcessId = null, ExecutionStatus? Status = null);

/// <summary>An execution in a list.</summary>
public record ExecutionItem
{
    public required Guid ExecutionId { get; init; }
    public required Guid ProcessId { get; init; }
    public required string ProcessName { get; init; }
    public required Guid AtomId { get; init; }
    public required string AtomName { get; init; }
    public required ExecutionKind Kind { get; init; }
    public required ExecutionStatus Status { get; init; }

    /// <summary>The version that runs; before it started, the one that was current when it was asked for.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>When its schedule wanted it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public Guid? RetryOf { get; init; }
    public int? Attempt { get; init; }
    public Guid? ParentExecutionId { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Set once somebody asked the Atom to end it.</summary>
    public string? CancelRequestedBy { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, as the Atom says.</summary>
    public string? Message { get; init; }

    /// <summary>Values for this run only.</summary>
    public IReadOnlyList<ExecutionProperty> Properties { get; init; } = [];

    public bool HasEnded => Status is not (ExecutionStatus.Requested or ExecutionStatus.Started);
}

/// <summary>An execution with the end of its log.</summary>
public sealed record ExecutionAnswer : ExecutionItem
{
    public string? LogTail { get; init; }

    /// <summary>The executions it called, in order, at most 100.</summary>
    public IReadOnlyList<ExecutionItem> Called { get; init; } = [];

    public long Position { get; init; }
}
