using System.Globalization;
using CsCheck;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Tests.Schedules;

public sealed class Coming_due
{
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";
    private const string LordHowe = "Australia/Lord_Howe";

    private static readonly string[] Zones = [Berlin, NewYork, LordHowe, "UTC", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia"];

    [Theory, Covers("R44")]
    [InlineData("0", "8-17/3", "2-6", null, "2026-11-27T16:59:00+01:00", "2026-11-27T17:00:00+01:00 2026-11-30T08:00:00+01:00 2026-11-30T11:00:00+01:00")]
    [InlineData("30", "6", "1", null, "2026-11-23T00:00:00+01:00", "2026-11-29T06:30:00+01:00 2026-12-06T06:30:00+01:00")]
    [InlineData("0", "0", null, "31", "2026-11-23T00:00:00+01:00", "2026-12-31T00:00:00+01:00 2027-01-31T00:00:00+01:00 2027-03-31T00:00:00+02:00")]
    public void is_at_the_minutes_that_all_fields_name(string minutes, string hours, string? daysOfWeek, string? daysOfMonth, string after, string due) =>
        Next(new() { Minutes = minutes, Hours = hours, DaysOfWeek = daysOfWeek, DaysOfMonth = daysOfMonth }, Berlin, after, due.Split(' ').Length).ShouldBe(due.Split(' '));

    /// <summary>Friday the thirteenth: a day of the week and a day of the month given together must both fit.</summary>
    [Fact, Covers("R44")]
    public void demands_day_of_week_and_day_of_month_together() =>
        Next(new() { Minutes = "0", Hours = "12", DaysOfWeek = "6", DaysOfMonth = "13" }, Berlin, "2026-03-14T00:00:00+01:00", 2)
            .ShouldBe(["2026-11-13T12:00:00+01:00", "2027-08-13T12:00:00+02:00"]);

    [Fact]
    public void finds_a_leap_day_years_away() =>
        Next(new() { Minutes = "0", Hours = "0", DaysOfMonth = "29", Months = "2", DaysOfWeek = "1" }, Berlin, "2026-01-01T00:00:00+01:00", 1).ShouldBe(["2032-02-29T00:00:00+01:00"]);

    [Theory]
    [InlineData("30", "2", null)]
    [InlineData("31", "4,6,9,11", null)]
    [InlineData(null, null, "2020-2025")]
    [InlineData("29", "2", "2027")]
    public void never_happens_on_days_that_do_not_exist_or_are_over(string? daysOfMonth, string? months, string? years) =>
        Next(new() { Minutes = "0", Hours = "0", DaysOfMonth = daysOfMonth, Months = months, Years = years }, Berlin, "2026-01-01T00:00:00+01:00", 1).ShouldBeEmpty();

    [Theory, Covers("#65")]
    [InlineData(Berlin, "30", "2", "2026-03-28T12:00:00+01:00", "2026-03-29T03:00:00+02:00 2026-03-30T02:30:00+02:00")]
    [InlineData(NewYork, "30", "2", "2026-03-07T12:00:00-05:00", "2026-03-08T03:00:00-04:00 2026-03-09T02:30:00-04:00")]
    [InlineData(LordHowe, "15", "2", "2026-10-03T12:00:00+10:30", "2026-10-04T02:30:00+11:00 2026-10-05T02:15:00+11:00")]
    [InlineData(Berlin, "0-59/20", "2-3", "2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00 2026-03-29T03:20:00+02:00")]
    [InlineData("Africa/Cairo", "15", "0", "2026-04-23T12:00:00+02:00", "2026-04-24T01:00:00+03:00 2026-04-25T00:15:00+03:00")]
    public void in_an_hour_that_is_skipped_is_when_the_clock_has_jumped_and_once(string zone, string minutes, string hours, string after, string due) =>
        Next(new() { Minutes = minutes, Hours = hours }, zone, after, 2).ShouldBe(due.Split(' '));

    [Theory, Covers("#65")]
    [InlineData(Berlin, "30", "2", "2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+02:00 2026-10-26T02:30:00+01:00")]
    [InlineData(NewYork, "30", "1", "2026-10-31T12:00:00-04:00", "2026-11-01T01:30:00-04:00 2026-11-02T01:30:00-05:00")]
    [InlineData(LordHowe, "45", "1", "2026-04-04T12:00:00+11:00", "2026-04-05T01:45:00+11:00 2026-04-06T01:45:00+10:30")]
    public void in_an_hour_that_comes_twice_is_once_the_first_time(string zone, string minutes, string hours, string after, string due) =>
        Next(new() { Minutes = minutes, Hours = hours }, zone, after, 2).ShouldBe(due.Split(' '));

    [Fact, Covers("#65")]
    public void of_every_hour_is_not_made_up_for_where_an_hour_is_skipped() =>
        Next(new() { Minutes = "30", Hours = "0-23" }, Berlin, "2026-03-29T01:00:00+01:00", 2).ShouldBe(["2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"]);

    [Fact, Covers("#65")]
    public void of_every_hour_goes_on_through_both() =>
        Next(new() { Minutes = "0,30", Hours = "*" }, Berlin, "2026-10-25T02:00:00+02:00", 4)
            .ShouldBe(["2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00"]);

    [Fact]
    public void of_several_schedules_is_one_run_where_they_meet()
    {
        var both = new Recurrences([new() { Minutes = "0", Hours = "*" }, new() { Minutes = "0,30", Hours = "6" }], TimeZoneInfo.Utc);
        both.After(At("2026-11-23T05:30:00+00:00")).Take(3).ShouldBe([At("2026-11-23T06:00:00+00:00"), At("2026-11-23T06:30:00+00:00"), At("2026-11-23T07:00:00+00:00")]);
        new Recurrences([], TimeZoneInfo.Utc).NextAfter(At("2026-11-23T05:30:00+00:00")).ShouldBeNull();
    }

    /// <summary>The same by brute force: every minute of real time is held against what the wall clock shows.</summary>
    [Fact, Covers("R44", "#65")]
    public void is_what_a_watcher_of_the_wall_clock_would_say() =>
        Gen.Select(Gen.OneOf(Zones), Gen.Int[0, 365 * 2], Gen.OneOf("0", "*", "15,45", "0-59/20"), Gen.OneOf("*", "0", "1-3", "0-23/2", "23", "2"), Gen.OneOf<string?>(null, "*", "1,7", "2-6"))
            .Sample(
                (zone, day, minutes, hours, daysOfWeek) =>
                {
                    var (info, from) = (TimeZoneInfo.FindSystemTimeZoneById(zone), At("2025-01-01T00:00:00+00:00").AddDays(day));
                    var schedule = new Schedule { Minutes = minutes, Hours = hours, DaysOfWeek = daysOfWeek };
                    var found = new Recurrences([schedule], info).After(from).TakeWhile(due => due <= from.AddDays(3)).ToList();
                    found.ShouldBe(Watched(schedule, info, from, from.AddDays(3)), $"{zone} from {from:O}: {schedule.Describe()}");
                },
                iter: 400);

    private static List<DateTimeOffset> Watched(Schedule schedule, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset until)
    {
        var (minutes, hours, days) = (ScheduleField.Minutes.Read(schedule.Minutes)!, ScheduleField.Hours.Read(schedule.Hours)!, ScheduleField.DaysOfWeek.Read(schedule.DaysOfWeek)!);
        bool Fits(DateTime wall) => minutes.Contains(wall.Minute) && hours.Contains(wall.Hour) && days.Contains((int)wall.DayOfWeek + 1);
        var due = new List<DateTimeOffset>();
        var seen = new HashSet<DateTime>();
        var before = Wall(from.AddDays(-1));
        for (var minute = from.AddDays(-1).AddMinutes(1); minute <= until; minute = minute.AddMinutes(1))
        {
            var wall = Wall(minute);
            var skipped = wall - before > TimeSpan.FromMinutes(1) && Enumerable.Range(1, (int)(wall - before).TotalMinutes - 1).Any(passed => Fits(before.AddMinutes(passed)));
            var isNew = seen.Add(wall) || hours.Count == 24;
            if (minute > from && ((skipped && hours.Count < 24) || (Fits(wall) && isNew))) due.Add(minute);
            before = wall;
        }

        return due;

        DateTime Wall(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).DateTime;
    }

    private static IEnumerable<string> Next(Schedule schedule, string zone, string after, int count)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return new Recurrences([schedule], info).After(At(after)).Take(count).Select(due => TimeZoneInfo.ConvertTime(due, info).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
