using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>The schedules of a Process on an Atom were replaced as a whole (R45).</summary>
[WireName("processdeployment.schedules-set.v1")]
public sealed record SchedulesSet : AttachmentEvent
{
    public required IReadOnlyList<Schedule> Schedules { get; init; }
    public RetrySchedule? Retry { get; init; }

    /// <summary>IANA time zone of the Atom.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether they are at work from now on: setting them starts nothing that was stopped or suspended.</summary>
    public required ScheduleStatus Status { get; init; }

    /// <summary>Set where they are suspended.</summary>
    public SuspensionReason? SuspendedFor { get; init; }
}

/// <summary>Somebody stopped them.</summary>
[WireName("processdeployment.schedules-stopped.v1")]
public sealed record SchedulesStopped : AttachmentEvent;

/// <summary>They were put to rest by something else that happened. That a detach did it says the detach itself (#9).</summary>
[WireName("processdeployment.schedules-suspended.v1")]
public sealed record SchedulesSuspended : AttachmentEvent
{
    public required SuspensionReason SuspendedFor { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }
}

/// <summary>
/// Runs that came due and were not made, which nothing makes up for (R47, #64). While an Atom is away the first is told at
/// once, the others in one event with the first run that is possible again.
/// </summary>
[WireName("processdeployment.runs-missed.v1")]
public sealed record RunsMissed : AttachmentEvent
{
    /// <summary>How many; 10,000 stands for that many or more.</summary>
    public required int Count { get; init; }

    public required DateTimeOffset FirstDueAt { get; init; }
    public required DateTimeOffset LastDueAt { get; init; }
    public required MissedReason MissedFor { get; init; }
}

/// <summary>They are at work again.</summary>
[WireName("processdeployment.schedules-resumed.v1")]
public sealed record SchedulesResumed : AttachmentEvent;
