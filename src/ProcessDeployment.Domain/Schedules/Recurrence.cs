using System.Collections.Immutable;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>
/// The moments of one schedule in a time zone. What the clock does there decides:
/// <list type="bullet">
/// <item>A time in an hour that is skipped is not lost: it comes due when the clock has jumped, several such times once.</item>
/// <item>A time in an hour that comes twice comes due once, the first time.</item>
/// <item>A schedule of every hour means an interval, and goes on evenly: nothing of it comes due for an hour that is skipped,
/// and it does not pause for an hour that comes twice.</item>
/// </list>
/// </summary>
public sealed class Recurrence
{
    private readonly ImmutableSortedSet<int> _minutes;
    private readonly ImmutableSortedSet<int> _hours;
    private readonly ImmutableSortedSet<int> _daysOfWeek;
    private readonly ImmutableSortedSet<int> _daysOfMonth;
    private readonly ImmutableSortedSet<int> _months;
    private readonly ImmutableSortedSet<int> _years;

    /// <param name="schedule">Well formed: its check found nothing.</param>
    public Recurrence(Schedule schedule)
    {
        _minutes = Of(ScheduleField.Minutes, schedule.Minutes);
        _hours = Of(ScheduleField.Hours, schedule.Hours);
        _daysOfWeek = Of(ScheduleField.DaysOfWeek, schedule.DaysOfWeek);
        _daysOfMonth = Of(ScheduleField.DaysOfMonth, schedule.DaysOfMonth);
        _months = Of(ScheduleField.Months, schedule.Months);
        _years = Of(ScheduleField.Years, schedule.Years);
    }

    private bool IsInterval => _hours.Count == 24;

    /// <summary>The first moment after another, in UTC; null when none is left.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after, TimeZoneInfo zone)
    {
        // A day earlier: where the clock was turned back over midnight, the day before is not over yet.
        for (var day = FirstDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1)); day is { } date; day = FirstDay(date.AddDays(1)))
        {
            if (NextOn(date, after, zone) is { } found) return found;
        }

        return null;
    }

    private static ImmutableSortedSet<int> Of(ScheduleField field, string? text) => field.Read(text) ?? throw new ArgumentException($"{field.Name} is malformed: {text}", nameof(text));

    /// <summary>The first day that fits, from one on. Skips months and years that do not.</summary>
    private DateOnly? FirstDay(DateOnly from)
    {
        for (var day = from; day.Year <= _years[^1];)
        {
            if (!_years.Contains(day.Year)) day = new(day.Year + 1, 1, 1);
            else if (!_months.Contains(day.Month)) day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            else if (!_daysOfMonth.Contains(day.Day) || !_daysOfWeek.Contains((int)day.DayOfWeek + 1)) day = day.AddDays(1);
            else return day;
        }

        return null;
    }

    private DateTimeOffset? NextOn(DateOnly day, DateTimeOffset after, TimeZoneInfo zone)
    {
        var (begin, end) = (Midnight(day), Midnight(day.AddDays(1)));
        var offset = zone.GetUtcOffset(begin);
        if (zone.GetUtcOffset(end) != offset || zone.IsInvalidTime(begin) || zone.IsAmbiguousTime(begin)) return NextOnDayOfChange(begin, after, zone);

        // The clock runs evenly all day: the first time of day that is late enough.
        var passed = after.UtcDateTime + offset - begin;
        foreach (var hour in _hours)
        {
            if (TimeSpan.FromHours(hour + 1) <= passed) continue;
            foreach (var minute in _minutes)
            {
                if (new TimeSpan(hour, minute, 0) is var time && time > passed) return new(begin + time - offset, TimeSpan.Zero);
            }
        }

        return null;
    }

    private DateTimeOffset? NextOnDayOfChange(DateTime begin, DateTimeOffset after, TimeZoneInfo zone)
    {
        var moments = from hour in _hours
                      from minute in _minutes
                      from moment in Moments(begin + new TimeSpan(hour, minute, 0), zone)
                      where moment > after
                      select (DateTimeOffset?)moment;
        return moments.Min();
    }

    private IEnumerable<DateTimeOffset> Moments(DateTime time, TimeZoneInfo zone)
    {
        if (IsInterval && zone.IsInvalidTime(time)) yield break;
        while (zone.IsInvalidTime(time)) time = time.AddMinutes(1);
        if (!zone.IsAmbiguousTime(time))
        {
            yield return At(time, zone.GetUtcOffset(time));
            yield break;
        }

        var offsets = zone.GetAmbiguousTimeOffsets(time).OrderDescending().ToList();
        yield return At(time, offsets[0]);
        if (IsInterval) yield return At(time, offsets[^1]);
    }

    private static DateTimeOffset At(DateTime time, TimeSpan offset) => new(time - offset, TimeSpan.Zero);

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);
}
