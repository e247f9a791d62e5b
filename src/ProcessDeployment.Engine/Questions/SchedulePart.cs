using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The schedules of a Process on an Atom; an empty list where nobody ever set any (R43).</summary>
internal sealed record SchedulePart
{
    public const int ColumnCount = 9;

    private const int ShownRuns = 5;

    /// <summary>Of <c>l</c> and <c>s</c>, which <see cref="Join"/> joins.</summary>
    public const string Columns = "l.schedules, l.retry, l.time_zone, l.set_by, l.set_at, s.status, s.suspended_for, s.changed_by, s.changed_at";

    public IReadOnlyList<Schedule> Schedules { get; init; } = [];

    /// <summary>When to try again after a run failed.</summary>
    public RetrySchedule? Retry { get; init; }

    /// <summary>IANA time zone in which they are read: that of the Atom.</summary>
    public required string TimeZone { get; init; }

    /// <summary><c>enabled</c>, <c>stopped</c> by somebody, or <c>suspended</c> for a reason.</summary>
    public string Status { get; init; } = "enabled";

    /// <summary>Why they are suspended: <c>Detached</c> or <c>StartStepChanged</c>.</summary>
    public string? SuspendedFor { get; init; }

    public string? SetBy { get; init; }
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>Who made them what they are: set, stopped, suspended or resumed.</summary>
    public string? ChangedBy { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The next times at which they come due, at most five; of the present only.</summary>
    public IReadOnlyList<NextRun>? NextRuns { get; init; }

    public static string Join(Moment at, string processId, string atomId) => $"""
        left join process_deployment.schedule_list l on l.account_id = $1 and l.process_id = {processId} and l.atom_id = {atomId} and {at.Holds("l")}
        left join process_deployment.schedule_status s on s.account_id = $1 and s.process_id = {processId} and s.atom_id = {atomId} and {at.Holds("s")}
        """;

    public static SchedulePart Read(NpgsqlDataReader row, int first, string timeZone) => new()
    {
        Schedules = row.List<Schedule>(first),
        Retry = row.Text(first + 1) is { } retry ? JsonSerializer.Deserialize<RetrySchedule>(retry, WireJson.Options) : null,
        TimeZone = row.Text(first + 2) ?? timeZone,
        SetBy = row.Text(first + 3),
        SetAt = row.TimeIfAny(first + 4),
        Status = row.Text(first + 5) ?? "enabled",
        SuspendedFor = row.Text(first + 6),
        ChangedBy = row.Text(first + 7),
        ChangedAt = row.TimeIfAny(first + 8),
    };

    /// <summary>With the next runs, where the schedules are at work.</summary>
    public SchedulePart From(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        return this with { NextRuns = Status != "enabled" ? [] : [.. new Recurrences(Schedules, zone).After(now).Take(ShownRuns).Select(due => new NextRun(due, TimeZoneInfo.ConvertTime(due, zone)))] };
    }
}

/// <summary>A time at which schedules come due, in both zones (#65).</summary>
/// <param name="DueAt">In UTC.</param>
/// <param name="Local">The same moment as the clock of the Atom shows it.</param>
internal sealed record NextRun(DateTimeOffset DueAt, DateTimeOffset Local);
