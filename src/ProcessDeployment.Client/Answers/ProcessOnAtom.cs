using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>A Process on an Atom, attached there or not.</summary>
public sealed record ProcessOnAtomAnswer
{
    public required Guid ProcessId { get; init; }
    public required string ProcessName { get; init; }
    public required Guid AtomId { get; init; }
    public required string AtomName { get; init; }
    public required bool Attached { get; init; }

    /// <summary>Since when it is attached.</summary>
    public DateTimeOffset? Since { get; init; }

    public string? AttachedBy { get; init; }

    /// <summary>The version that is effective there; null while nothing is deployed.</summary>
    public int? VersionNumber { get; init; }

    public required Download Download { get; init; }

    /// <summary>Whether it takes requests; null where the version there does not listen.</summary>
    public ListenerStatus? ListenerStatus { get; init; }

    public required ScheduleList Schedules { get; init; }

    /// <summary>What the version there declares, in its order; then what was set and it does not declare.</summary>
    public IReadOnlyList<ExtensionItem> Extensions { get; init; } = [];

    public long Position { get; init; }
}

/// <summary>When a Process is to run on an Atom.</summary>
public sealed record ScheduleList
{
    public IReadOnlyList<Schedule> Schedules { get; init; } = [];

    /// <summary>When to try again after a run failed.</summary>
    public RetrySchedule? Retry { get; init; }

    /// <summary>IANA time zone in which they are read: that of the Atom.</summary>
    public required string TimeZone { get; init; }

    public required ScheduleStatus Status { get; init; }

    /// <summary>Why they are suspended.</summary>
    public SuspensionReason? SuspendedFor { get; init; }

    public string? SetBy { get; init; }
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>Who made them what they are: set, stopped, suspended or resumed.</summary>
    public string? ChangedBy { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The next times at which they come due; of the present only.</summary>
    public IReadOnlyList<NextRun>? NextRuns { get; init; }
}

/// <summary>A time at which schedules come due, and the same moment as the clock of the Atom shows it.</summary>
public sealed record NextRun(DateTimeOffset DueAt, DateTimeOffset Local);

/// <summary>An extension of a Process and what it is set to on an Atom.</summary>
public sealed record ExtensionItem
{
    public const string IsSet = "Set";
    public const string UsesDefault = "Default";
    public const string NeedsValue = "NeedsValue";

    public required string Key { get; init; }

    /// <summary>What people see; null where the version there does not declare it.</summary>
    public string? Label { get; init; }

    /// <summary>Its value is never shown, only whether it is set.</summary>
    public required bool Secret { get; init; }

    /// <summary>Null where the Process's own value is used, nothing is set, or the value is secret.</summary>
    public string? Value { get; init; }

    /// <summary><see cref="IsSet"/>, <see cref="UsesDefault"/> (the Process's own value is used) or <see cref="NeedsValue"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Kept for a version that declares it: the one there does not.</summary>
    public required bool Orphaned { get; init; }

    public string? SetBy { get; init; }
    public DateTimeOffset? SetAt { get; init; }
}
