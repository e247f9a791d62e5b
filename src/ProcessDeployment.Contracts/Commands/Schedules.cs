namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// Says when a Process is to run on an Atom. It replaces all that was said before; an empty list means never. Whether the
/// schedules are stopped or suspended stays as it is.
/// </summary>
[WireName("processdeployment.set-schedules.v1")]
public sealed record SetSchedules : Command
{
    /// <summary>Id of the Process. It must be deployed on the Atom, and be no listener.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>Id of the Atom, in whose time zone schedules are read.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>The schedules, at most 50. A minute that several name is one run.</summary>
    public required IReadOnlyList<Schedule> Schedules { get; init; }

    /// <summary>When to try again after a run failed; never when left out.</summary>
    public RetrySchedule? Retry { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Check("schedules", Schedules).Concat(Retry is null ? [] : CheckRetry(Retry));

    private static IEnumerable<MemberError> CheckRetry(RetrySchedule retry)
    {
        if (retry.MaxRetry is < 1 or > 5) yield return new("retry.maxRetry", $"must be from 1 to 5, it is {retry.MaxRetry}");
        if (retry.Schedules.Count == 0) yield return new("retry.schedules", "must name at least one schedule");
        foreach (var error in Check("retry.schedules", retry.Schedules)) yield return error;
    }

    private static IEnumerable<MemberError> Check(string member, IReadOnlyList<Schedule> schedules) =>
        (schedules.Count > Limits.Schedules ? [new(member, $"must have at most {Limits.Schedules} schedules, it has {schedules.Count}")] : Enumerable.Empty<MemberError>())
            .Concat(schedules.SelectMany((schedule, place) => schedule.Check($"{member}[{place}]")));
}

/// <summary>Stops the schedules of a Process on an Atom until somebody resumes them.</summary>
[WireName("processdeployment.stop-schedules.v1")]
public sealed record StopSchedules : Command
{
    /// <summary>Id of the Process; left out: all Processes on the Atom.</summary>
    public Guid? ProcessId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}

/// <summary>Resumes schedules that were stopped or suspended. What was missed meanwhile is not made up for.</summary>
[WireName("processdeployment.resume-schedules.v1")]
public sealed record ResumeSchedules : Command
{
    /// <summary>Id of the Process; left out: all Processes on the Atom.</summary>
    public Guid? ProcessId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}
