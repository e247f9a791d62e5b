using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>The schedules of a Process on an Atom, and whether they are at work. They belong to no version (R43).</summary>
public sealed record ScheduleState
{
    /// <summary>What a detach calls them among what it suspended.</summary>
    public const string Kind = "schedule";

    public ImmutableArray<Schedule> Schedules { get; init; } = [];
    public RetrySchedule? Retry { get; init; }

    /// <summary>IANA time zone of the Atom, kept with them, so that their meaning does not change (#65).</summary>
    public required string TimeZone { get; init; }

    public ScheduleStatus Status { get; init; }

    /// <summary>Set while they are suspended.</summary>
    public SuspensionReason? SuspendedFor { get; init; }

    /// <summary>Something comes due by them.</summary>
    public bool AreAtWork() => Status == ScheduleStatus.Enabled && !Schedules.IsEmpty;

    /// <summary>Whether a detach put schedules to rest.</summary>
    public static bool AreSuspendedBy(AtomDetached detached) => detached.Suspended.Any(suspended => string.Equals(suspended.Kind, Kind, StringComparison.Ordinal));

    public static ScheduleState Of(SchedulesSet set) =>
        new() { Schedules = [.. set.Schedules], Retry = set.Retry, TimeZone = set.TimeZone, Status = set.Status, SuspendedFor = set.SuspendedFor };

    public Recurrences Recurrences() => new(Schedules, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    public Recurrences? RetryRecurrences() => Retry is null ? null : new(Retry.Schedules, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    public ScheduleState Resting(SuspensionReason reason) => this with { Status = ScheduleStatus.Suspended, SuspendedFor = reason };
}
