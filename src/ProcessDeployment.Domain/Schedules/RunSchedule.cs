using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>A schedule came due, or was found to have been missed. The engine says so itself: it is no message, nobody can send it.</summary>
public sealed record RunSchedule : Command
{
    public required Guid ProcessId { get; init; }
    public required Guid AtomId { get; init; }

    /// <summary>When the run was due that is to be made now; null when none is.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The execution that failed, where this tries it again.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The how manieth retry this is.</summary>
    public int? Attempt { get; init; }

    /// <summary>Runs before that one that nobody made.</summary>
    public MissedRuns? Missed { get; init; }
}

/// <summary>Runs that were not made.</summary>
/// <param name="Count">How many; <see cref="Recurrences.MostCounted"/> stands for that many or more.</param>
/// <param name="First">When the first was due.</param>
/// <param name="Last">When the last was due.</param>
/// <param name="Reason">Why.</param>
public sealed record MissedRuns(int Count, DateTimeOffset First, DateTimeOffset Last, MissedReason Reason)
{
    /// <summary>With one more, for a reason that holds for all then.</summary>
    public MissedRuns And(DateTimeOffset due, MissedReason reason) => new(Math.Min(Count + 1, Recurrences.MostCounted), First, due, reason);
}
