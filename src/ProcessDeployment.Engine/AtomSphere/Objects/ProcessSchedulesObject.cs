using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>When a Process is to run on an Atom. A change replaces all that was said before.</summary>
internal static class ProcessSchedulesObject
{
    private const string Every = "*";

    /// <summary>Looked up for the pairs that are answered only, not for all that are counted.</summary>
    private const string Held = "from process_deployment.schedule_list l where l.account_id = a.account_id and l.process_id = a.process_id and l.atom_id = a.atom_id and l.valid_to is null";

    private static readonly Source Rows = new()
    {
        Sql = $"""
            select a.process_id, a.atom_id, (select l.schedules {Held}) as schedules, (select l.retry {Held}) as retry
            {ScheduledPair.From}
            """,
        Key = ScheduledPair.Key,
        KeyOf = PairId.KeyOf,
        Filters = ScheduledPair.Filters,
        Read = row =>
        {
            var read = ScheduledPair.Read(row, "ProcessSchedules");
            read["Schedule"] = Wire(row.List<Schedule>(2));
            if (row.Text(3) is { } text && JsonSerializer.Deserialize<RetrySchedule>(text, WireJson.Options) is { } retry)
                read["Retry"] = new WireObject("ScheduleRetry") { ["maxRetry"] = retry.MaxRetry, ["Schedule"] = Wire(retry.Schedules) };
            return read;
        },
    };

    public static readonly PlatformObject Object = new("ProcessSchedules", Privilege.AtomRead) { Source = Rows, Gets = true, Queries = true, Update = UpdateAsync };

    private static async Task<WireObject> UpdateAsync(PlatformCall call, string id, WireObject body)
    {
        var (processId, atomId) = ScheduledPair.Of(Object, id, body);
        await call.SendAsync(new SetSchedules { ProcessId = processId, AtomId = atomId, Schedules = Schedules(body, "Schedule"), Retry = RetryIn(body.Object("Retry")) });
        return await call.GetAsync(Object, id);
    }

    /// <summary>A retry that is never due is none: clients send such for what they leave empty.</summary>
    private static RetrySchedule? RetryIn(WireObject? retry)
    {
        if (retry is null || Schedules(retry, "Retry.Schedule") is not { Count: > 0 } schedules) return null;
        return new((int)Math.Clamp(retry.Number("maxRetry") ?? throw PlatformException.Malformed("Retry.maxRetry", "is required"), 0, int.MaxValue), schedules);
    }

    /// <summary>What is wrong with one is said here already, by the names that clients know.</summary>
    private static List<Schedule> Schedules(WireObject within, string member)
    {
        List<Schedule> schedules = [.. within.Objects("Schedule").Select((schedule, place) => new Schedule
        {
            Minutes = Required(schedule, "minutes", $"{member}[{place}]"),
            Hours = Required(schedule, "hours", $"{member}[{place}]"),
            DaysOfWeek = Given(schedule, "daysOfWeek"),
            DaysOfMonth = Given(schedule, "daysOfMonth"),
            Months = Given(schedule, "months"),
            Years = Given(schedule, "years"),
        })];
        PlatformException.ThrowIf([.. schedules.SelectMany((schedule, place) => schedule.Check($"{member}[{place}]"))]);
        return schedules;
    }

    private static string Required(WireObject schedule, string field, string member) => Given(schedule, field) ?? throw PlatformException.Malformed($"{member}.{field}", "is required");

    private static string? Given(WireObject schedule, string field) => schedule.Text(field) is { Length: > 0 } text ? text : null;

    private static List<object> Wire(IEnumerable<Schedule> schedules) => [.. schedules.Select(schedule => new WireObject("Schedule")
    {
        ["minutes"] = schedule.Minutes,
        ["hours"] = schedule.Hours,
        ["daysOfWeek"] = schedule.DaysOfWeek ?? Every,
        ["daysOfMonth"] = schedule.DaysOfMonth ?? Every,
        ["months"] = schedule.Months ?? Every,
        ["years"] = schedule.Years ?? Every,
    })];
}
