using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Engine.Scheduling;

/// <summary>A row of what is due, with what is known of its schedules and its Atom.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Key">The Process on the Atom.</param>
/// <param name="Due">When the first run was due that nobody made yet.</param>
/// <param name="MissedFrom">Since when runs are missed because the Atom is away.</param>
/// <param name="Schedules">The schedules.</param>
/// <param name="AtomIsAway">Whether the Atom takes no orders.</param>
internal sealed record DueRun(string AccountId, AttachmentKey Key, DateTimeOffset Due, DateTimeOffset? MissedFrom, ScheduleState Schedules, bool AtomIsAway)
{
    /// <summary>A run that is later than this is not made any more: it is missed. Longer than the shortest interval, so that a busy minute loses none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What is to be done at a time. Of the runs that have come due since, only the last is made, if it is not too late for it;
    /// those before are told as missed, and none of them is made up for, however many (#64).
    /// </summary>
    public Planned At(DateTimeOffset now)
    {
        var recurrences = Schedules.Recurrences();
        var next = recurrences.NextAfter(now);
        var latest = Due > now - Patience ? recurrences.After(Due).TakeWhile(due => due <= now).Prepend(Due).Last() : recurrences.After(now - Patience).TakeWhile(due => due <= now).Select(due => (DateTimeOffset?)due).LastOrDefault();

        // The first missed run was told at once; the others are told together when the Atom is back.
        if (AtomIsAway && MissedFrom is not null) return new(null, next, MissedFrom);
        var since = MissedFrom is { } from ? recurrences.After(from) : recurrences.After(Due).Prepend(Due);
        var missed = since.TakeWhile(due => latest is null ? due <= now : due < latest).Take(Recurrences.MostCounted).ToList();
        var command = new RunSchedule
        {
            AccountId = AccountId,
            Actor = Scheduler.Actor,
            ProcessId = Key.ProcessId,
            AtomId = Key.AtomId,
            DueAt = latest,
            Missed = missed.Count == 0 ? null : new(missed.Count, missed[0], missed[^1], MissedFrom is null ? MissedReason.EngineAway : MissedReason.AtomOffline),
        };
        return new(command, next, latest ?? (missed.Count > 0 ? missed[^1] : Due));
    }
}

/// <summary>What is to be done with a row.</summary>
/// <param name="Command">What to send; null when there is nothing to tell.</param>
/// <param name="Next">When the next run is due; null when none is left.</param>
/// <param name="MissedFrom">The last run that is told, should it turn out that the Atom is away.</param>
internal sealed record Planned(RunSchedule? Command, DateTimeOffset? Next, DateTimeOffset? MissedFrom);
