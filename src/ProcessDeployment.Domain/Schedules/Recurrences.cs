using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>The moments of several schedules together: a minute that several name is one.</summary>
public sealed class Recurrences(IEnumerable<Schedule> schedules, TimeZoneInfo zone)
{
    /// <summary>More than so many are not counted.</summary>
    public const int MostCounted = 10_000;

    private readonly Recurrence[] _all = [.. schedules.Select(schedule => new Recurrence(schedule))];

    /// <summary>The first moment after another; null when none is left.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after) => _all.Min(recurrence => recurrence.NextAfter(after, zone));

    /// <summary>The next moments after one, as many as are wanted.</summary>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset after)
    {
        for (var next = NextAfter(after); next is { } moment; next = NextAfter(moment)) yield return moment;
    }
}
