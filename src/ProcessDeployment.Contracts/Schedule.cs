namespace ProcessDeployment.Contracts;

/// <summary>
/// When a Process is to run, to the minute, in the time zone of the Atom: at every minute that all fields name. Days of
/// the week and days of the month must both fit, where both are given.
/// </summary>
public sealed record Schedule
{
    /// <summary>The minutes of an hour, 0 to 59: <c>*</c>, numbers, ranges, lists, or a range with a step such as <c>0-59/15</c>.</summary>
    public required string Minutes { get; init; }

    /// <summary>The hours of a day, 0 to 23, in the same form.</summary>
    public required string Hours { get; init; }

    /// <summary>The days of a week, 1 to 7, 1 is Sunday; all when left out.</summary>
    public string? DaysOfWeek { get; init; }

    /// <summary>The days of a month, 1 to 31; all when left out.</summary>
    public string? DaysOfMonth { get; init; }

    /// <summary>The months, 1 to 12; all when left out.</summary>
    public string? Months { get; init; }

    /// <summary>The years, 2000 to 2099; all when left out.</summary>
    public string? Years { get; init; }

    /// <summary>In a few words, for people.</summary>
    public string Describe() => string.Join(" ", new[]
    {
        $"minutes {Minutes} hours {Hours}", Named("days of week", DaysOfWeek), Named("days of month", DaysOfMonth), Named("months", Months), Named("years", Years),
    }.Where(part => part.Length > 0));

    /// <summary>What is wrong with its form.</summary>
    /// <param name="member">What it is called in its command.</param>
    public IEnumerable<MemberError> Check(string member) =>
        ScheduleField.Minutes.Check(member, Minutes)
            .Concat(ScheduleField.Hours.Check(member, Hours))
            .Concat(ScheduleField.DaysOfWeek.Check(member, DaysOfWeek))
            .Concat(ScheduleField.DaysOfMonth.Check(member, DaysOfMonth))
            .Concat(ScheduleField.Months.Check(member, Months))
            .Concat(ScheduleField.Years.Check(member, Years));

    private static string Named(string name, string? field) => field is null or "*" ? "" : $"{name} {field}";
}

/// <summary>When to try again after a scheduled execution failed.</summary>
/// <param name="MaxRetry">How often, 1 to 5 times.</param>
/// <param name="Schedules">When: each try comes at the next time that one of these names.</param>
public sealed record RetrySchedule(int MaxRetry, IReadOnlyList<Schedule> Schedules);
