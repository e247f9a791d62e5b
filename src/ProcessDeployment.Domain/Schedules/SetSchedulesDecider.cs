using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>Replaces the whole list (R45). A schedule that can never come due is a mistake, and said at once.</summary>
public static class SetSchedulesDecider
{
    public static void Needs(SetSchedules command, Account account, Needs needs) => AttachmentRules.Needs(Key(command), account, needs);

    /// <param name="command">The command.</param>
    /// <param name="account">What it looks at.</param>
    /// <param name="now">The time of the account.</param>
    public static Decision Decide(SetSchedules command, Account account, DateTimeOffset now)
    {
        if (ScheduleRules.NotSchedulable(Key(command), account) is { } refusal) return refusal;
        var zone = account.LiveAtom(command.AtomId)!.TimeZone;
        if ((NeverDue("schedules", command.Schedules, zone, now) ?? NeverDue("retry.schedules", command.Retry?.Schedules ?? [], zone, now)) is { } never) return never;

        var before = account.Attachments[Key(command)]?.Schedules;
        if (before is not null && before.Schedules.SequenceEqual(command.Schedules) && Same(before.Retry, command.Retry)) return Decision.Unchanged;
        var status = before?.Status ?? ScheduleStatus.Enabled;
        return Decision.Accepted(new SchedulesSet
        {
            ProcessId = command.ProcessId,
            AtomId = command.AtomId,
            Schedules = command.Schedules,
            Retry = command.Retry,
            TimeZone = zone,
            Status = status,
            SuspendedFor = before?.SuspendedFor,
        }).With(status == ScheduleStatus.Enabled ? [] : [new("SchedulesNotAtWork", $"The schedules are set and stay {status}: resume them.")]);
    }

    private static AttachmentKey Key(SetSchedules command) => new(command.ProcessId, command.AtomId);

    private static bool Same(RetrySchedule? one, RetrySchedule? other) =>
        one is null ? other is null : other is not null && one.MaxRetry == other.MaxRetry && one.Schedules.SequenceEqual(other.Schedules);

    private static Refusal? NeverDue(string member, IReadOnlyList<Schedule> schedules, string timeZone, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        for (var place = 0; place < schedules.Count; place++)
        {
            if (new Recurrence(schedules[place]).NextAfter(now, zone) is null)
                return new(RefusalCodes.NeverDue, $"{member}[{place}] never comes due: {schedules[place].Describe()}.");
        }

        return null;
    }
}
