using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>Fields of schedules as people write them (R44).</summary>
internal static class ScheduleTexts
{
    public static readonly ScheduleField[] Fields = [ScheduleField.Minutes, ScheduleField.Hours, ScheduleField.DaysOfWeek, ScheduleField.DaysOfMonth, ScheduleField.Months, ScheduleField.Years];

    private static readonly Mutator Damage = new([.. new[] { "*", "0-59/15", "1,2,3", "7-17", "*/5", "1", "2000-2099", "2024", "31", "29", "2" }.Select(Encoding.UTF8.GetBytes)], [",", "-", "/", "*", "0", "59", "23", "31", "2099", "+1", "٣", " ", "1-", "/0", "L", "MON"]);

    public static byte[] Field(Dice dice) => dice.OneIn(3) ? Damage.Garbage(dice) : Damage.Damaged(dice);
}

internal sealed class AScheduleField : Target
{
    public override string Name => "schedule";

    public override int Weight => 40;

    public override byte[] Input(Dice dice) => [(byte)dice.Below(ScheduleTexts.Fields.Length), .. ScheduleTexts.Field(dice)];

    public override string Judge(byte[] input)
    {
        var field = ScheduleTexts.Fields[input[0]];
        var text = Encoding.UTF8.GetString(input.AsSpan(1));
        var numbers = field.Read(text);
        Broken.Unless(numbers is null == field.Check("schedules.0", text).Any(), "It is read and refused, or neither.");
        if (numbers is null) return "refused";
        Broken.Unless(numbers.Count > 0 && numbers[0] >= field.Least && numbers[^1] <= field.Most, "It names numbers that the field does not have.");
        Broken.Unless(field.Read(string.Join(',', numbers)) is not { } again || again.SetEquals(numbers), "Written out it means something else.");
        return "read";
    }
}

/// <summary>The moments of a schedule, in any zone and at any time.</summary>
internal sealed class Moments : Target
{
    private static readonly TimeZoneInfo[] Zones = [.. new[] { "UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "Asia/Tehran", "Africa/Casablanca", "America/Nuuk" }
        .Where(name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)).Select(TimeZoneInfo.FindSystemTimeZoneById)];

    public override string Name => "recurrence";

    public override int Weight => 2;

    /// <summary>One line for each field, one for the zone and one for the time.</summary>
    public override byte[] Input(Dice dice) => Encoding.UTF8.GetBytes(string.Join('\n', ScheduleTexts.Fields.Select(field => Well(field, dice)).Append($"{dice.Below(Zones.Length)}").Append($"{new DateTime(1999, 1, 1).Ticks + (long)(dice.Next() % (ulong)(TimeSpan.TicksPerDay * 366 * 102))}")));

    public override string Judge(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        var schedule = new Schedule { Minutes = lines[0], Hours = lines[1], DaysOfWeek = lines[2], DaysOfMonth = lines[3], Months = lines[4], Years = lines[5] };
        if (schedule.Check("schedule").Any()) return "malformed";
        var (zone, after) = (Zones[int.Parse(lines[6], System.Globalization.CultureInfo.InvariantCulture)], new DateTimeOffset(long.Parse(lines[7], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero));
        var recurrence = new Recurrence(schedule);
        var (from, found) = (after, 0);
        while (found < 4 && recurrence.NextAfter(after, zone) is { } next)
        {
            Broken.Unless(next > after, "It does not go on.");
            Broken.Unless(next.Second == 0 && next.Offset == TimeSpan.Zero, "It is no whole minute of UTC.");
            (after, found) = (next, found + 1);
        }

        Broken.Unless(found == 0 || recurrence.NextAfter(from.AddTicks(-1), zone) <= recurrence.NextAfter(from, zone), "An earlier time has a later moment.");
        return found == 0 ? "none left" : "some";
    }

    private static string Well(ScheduleField field, Dice dice)
    {
        var (one, other) = (dice.Between(field.Least, field.Most), dice.Between(field.Least, field.Most));
        return dice.Below(7) switch
        {
            0 => $"{one}",
            1 => $"{Math.Min(one, other)}-{Math.Max(one, other)}",
            2 => $"{Math.Min(one, other)}-{Math.Max(one, other)}/{dice.Between(1, 20)}",
            3 => $"{one},{other}",
            4 when dice.OneIn(8) => Encoding.UTF8.GetString(ScheduleTexts.Field(dice)).Replace('\n', ' '),
            _ => "*",
        };
    }
}
