using System.Collections.Immutable;
using System.Globalization;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Wording;

/// <summary>A schedule as people would say it.</summary>
internal static class ScheduleWords
{
    private const int MostTimes = 6;
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>The form is looked at first: what is malformed is given as its fields.</summary>
    public static string Of(Schedule schedule)
    {
        if (ScheduleField.Minutes.Read(schedule.Minutes) is not { } minutes || ScheduleField.Hours.Read(schedule.Hours) is not { } hours
            || ScheduleField.DaysOfWeek.Read(schedule.DaysOfWeek) is not { } weekdays || ScheduleField.DaysOfMonth.Read(schedule.DaysOfMonth) is not { } days
            || ScheduleField.Months.Read(schedule.Months) is not { } months || ScheduleField.Years.Read(schedule.Years) is not { } years) return schedule.Describe();
        var parts = new[]
        {
            Times(minutes, hours), Weekdays(weekdays), IsAll(ScheduleField.DaysOfMonth, days) ? "" : $"on day {Ranges(days, Number)} of the month",
            IsAll(ScheduleField.Months, months) ? "" : $"in {Ranges(months, Names.GetMonthName)}", IsAll(ScheduleField.Years, years) ? "" : $"in {Ranges(years, Number)}",
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Times(ImmutableSortedSet<int> minutes, ImmutableSortedSet<int> hours)
    {
        if (minutes.Count * hours.Count <= MostTimes) return $"at {Listed([.. from hour in hours from minute in minutes select Clock(hour, minute)])}";
        var often = Often(minutes);
        if (IsAll(ScheduleField.Hours, hours)) return often;
        if (Step(hours, 24) is { } step && hours[0] == 0) return $"{often}, every {Number(step)} hours";
        return $"{often}, {(IsRange(hours) ? $"from {Clock(hours[0], 0)} to {Clock(hours[^1], 59)}" : $"in the hours {Ranges(hours, Number)}")}";
    }

    private static string Often(ImmutableSortedSet<int> minutes)
    {
        if (minutes.Count == 60) return "every minute";
        if (Step(minutes, 60) is { } step) return $"every {Number(step)} minutes{(minutes[0] == 0 ? "" : $" from minute {Number(minutes[0])}")}";
        return minutes is [0] ? "every hour" : $"every hour at minute {Ranges(minutes, Number)}";
    }

    private static string Weekdays(ImmutableSortedSet<int> days) => days switch
    {
        { Count: 7 } => "",
        [1, 7] => "at weekends",
        _ => $"{(days.Count == 1 ? "on " : "")}{Ranges(days, day => Names.GetDayName((DayOfWeek)(day - 1)))}",
    };

    /// <summary>The distance of numbers that go round evenly; null where they do not.</summary>
    private static int? Step(ImmutableSortedSet<int> numbers, int round)
    {
        if (numbers.Count < 2 || round % numbers.Count != 0) return null;
        var step = round / numbers.Count;
        return step > 1 && numbers.Zip(numbers.Skip(1)).All(pair => pair.Second - pair.First == step) ? step : null;
    }

    private static bool IsAll(ScheduleField field, ImmutableSortedSet<int> numbers) => numbers.Count == field.Most - field.Least + 1;

    private static bool IsRange(ImmutableSortedSet<int> numbers) => numbers.Count > 1 && numbers[^1] - numbers[0] == numbers.Count - 1;

    private static string Ranges(ImmutableSortedSet<int> numbers, Func<int, string> say)
    {
        var ranges = new List<(int From, int To)>();
        foreach (var number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].To == number - 1) ranges[^1] = (ranges[^1].From, number);
            else ranges.Add((number, number));
        }

        return Listed([.. ranges.Select(range => range.From == range.To ? say(range.From) : range.To - range.From == 1 ? Listed([say(range.From), say(range.To)]) : $"{say(range.From)} to {say(range.To)}")]);
    }

    private static string Listed(IReadOnlyList<string> words) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    private static string Clock(int hour, int minute) => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
