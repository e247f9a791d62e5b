using System.Collections.Immutable;
using System.Globalization;

namespace ProcessDeployment.Contracts;

/// <summary>
/// One field of a schedule: <c>*</c>, numbers, ranges and lists, and steps through a range or <c>*</c>, such as
/// <c>0-59/15</c> (R44). Other dialects have more; whatever is not of this one is refused rather than guessed at.
/// </summary>
public sealed record ScheduleField
{
    /// <summary>Most characters of a field.</summary>
    public const int MostText = 200;

    private ScheduleField(string name, int least, int most) => (Name, Least, Most) = (name, least, most);

    /// <summary>The minutes of an hour.</summary>
    public static ScheduleField Minutes { get; } = new("minutes", 0, 59);

    /// <summary>The hours of a day.</summary>
    public static ScheduleField Hours { get; } = new("hours", 0, 23);

    /// <summary>The days of a week, 1 is Sunday.</summary>
    public static ScheduleField DaysOfWeek { get; } = new("daysOfWeek", 1, 7);

    /// <summary>The days of a month.</summary>
    public static ScheduleField DaysOfMonth { get; } = new("daysOfMonth", 1, 31);

    /// <summary>The months of a year.</summary>
    public static ScheduleField Months { get; } = new("months", 1, 12);

    /// <summary>The years.</summary>
    public static ScheduleField Years { get; } = new("years", 2000, 2099);

    /// <summary>Its name as a member.</summary>
    public string Name { get; }

    /// <summary>Its lowest number.</summary>
    public int Least { get; }

    /// <summary>Its highest number.</summary>
    public int Most { get; }

    /// <summary>The numbers it names, in order.</summary>
    /// <param name="text">The field; null is the same as <c>*</c>.</param>
    /// <returns>Null where the field is malformed.</returns>
    public ImmutableSortedSet<int>? Read(string? text)
    {
        if (text?.Length > MostText) return null;
        var numbers = ImmutableSortedSet.CreateBuilder<int>();
        foreach (var part in (text ?? "*").Split(','))
        {
            if (!Add(numbers, part.Trim())) return null;
        }

        return numbers.ToImmutable();
    }

    /// <summary>What is wrong with a field.</summary>
    /// <param name="member">The schedule it belongs to.</param>
    /// <param name="text">The field.</param>
    public IEnumerable<MemberError> Check(string member, string? text)
    {
        if (Read(text) is null)
            yield return new($"{member}.{Name}", $"must be *, or numbers from {Least} to {Most}, ranges and lists of them, or a range with a step, such as {Least}-{Most}/2, in at most {MostText} characters");
    }

    private bool Add(ImmutableSortedSet<int>.Builder numbers, string part)
    {
        var (range, step) = part.Split('/') switch
        {
            [var all] => (all, 1),
            [var some, var by] when some.Contains('-', StringComparison.Ordinal) || some == "*" => (some, Number(by) ?? 0),
            _ => ("", 0),
        };
        var (first, last) = range.Split('-') switch
        {
            ["*"] => (Least, Most),
            [var one] => (Number(one) ?? -1, Number(one) ?? -1),
            [var from, var to] => (Number(from) ?? -1, Number(to) ?? -1),
            _ => (-1, -1),
        };
        if (step < 1 || first < Least || last > Most || last < first) return false;
        for (var number = first; number <= last; number += step) numbers.Add(number);
        return true;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 9999 ? number : null;
}
