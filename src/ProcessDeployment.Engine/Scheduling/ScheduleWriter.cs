using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Scheduling;

/// <summary>Keeps the list of what comes due in step with the schedules, in the transaction that changes them.</summary>
internal static class ScheduleWriter
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<AccountChanges> accounts)
    {
        Retries(trip, accounts);
        var changed = (
            from changes in accounts
            from attachment in changes.Account.Attachments
            let schedules = attachment.Value?.Schedules
            where !ReferenceEquals(schedules, changes.Before.Attachments.GetValueOrDefault(attachment.Key)?.Schedules)
            select new Change(changes.AccountId, attachment.Key, Next(schedules, changes.Now))).ToList();
        trip.Execute(
            """
            insert into process_deployment.schedule_due (account_id, process_id, atom_id, due)
            select * from unnest($1, $2, $3, $4)
            on conflict (account_id, process_id, atom_id) do update set due = excluded.due, missed_from = null, claimed_until = '-infinity'
            """,
            changed.FindAll(change => change.Due is not null), change => change.AccountId, rows => rows.Uuid(change => change.Key.ProcessId).Uuid(change => change.Key.AtomId).Time(change => change.Due!.Value));
        trip.Execute(
            "delete from process_deployment.schedule_due d using unnest($1, $2, $3) as r(account_id, process_id, atom_id) where d.account_id = r.account_id and d.process_id = r.process_id and d.atom_id = r.atom_id",
            changed.FindAll(change => change.Due is null), change => change.AccountId, rows => rows.Uuid(change => change.Key.ProcessId).Uuid(change => change.Key.AtomId));
    }

    /// <summary>The events say it all, and each happens once.</summary>
    private static void Retries(RoundTrip trip, IReadOnlyList<AccountChanges> accounts) => trip.Execute(
        "insert into process_deployment.retry_due (account_id, execution_id, process_id, atom_id, attempt, due) select * from unnest($1, $2, $3, $4, $5, $6)",
        (from changes in accounts
         from judged in changes.Judged
         from placed in judged.Events
         where placed.Event is RetryAwaited
         select (changes.AccountId, Awaited: (RetryAwaited)placed.Event)).ToList(),
        r => r.AccountId,
        rows => rows.Uuid(r => r.Awaited.ExecutionId).Uuid(r => r.Awaited.ProcessId).Uuid(r => r.Awaited.AtomId).Number(r => r.Awaited.Attempt).Time(r => r.Awaited.DueAt));

    private static DateTimeOffset? Next(ScheduleState? schedules, DateTimeOffset now) => schedules is not null && schedules.AreAtWork() ? schedules.Recurrences().NextAfter(now) : null;

    private sealed record Change(string AccountId, AttachmentKey Key, DateTimeOffset? Due);
}
