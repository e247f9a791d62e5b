using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>When Processes are and were to run on Atoms, and whether these schedules are and were at work.</summary>
public sealed class Schedules : IReadModel
{
    private const string InsertList = """
        insert into process_deployment.schedule_list
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as s(account_id, process_id, atom_id, valid_from, valid_to, time_zone, schedules, retry, set_by, set_at)
        """;

    private const string InsertStatus = """
        insert into process_deployment.schedule_status
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^) as s(account_id, process_id, atom_id, valid_from, valid_to, status, suspended_for, changed_by, changed_at)
        """;

    public IReadOnlyList<string> Tables => ["schedule_list", "schedule_status"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var lists = Timeline.Of(page.Of<SchedulesSet>(), s => (s.Recorded.AccountId, s.Event.Key()), s => s.Recorded.Position);
        sql.Execute(Close("schedule_list"), Keys(lists.FindAll(s => s.First), s => s.Item.Recorded, s => s.Item.Event.Key()));
        sql.Execute(InsertList, Keys(lists, s => s.Item.Recorded, s => s.Item.Event.Key())
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Item.Event.TimeZone)
            .Json(s => JsonSerializer.Serialize(s.Item.Event.Schedules, ReadModelJson.Default.Schedules))
            .Json(s => s.Item.Event.Retry is { } retry ? JsonSerializer.Serialize(retry, ReadModelJson.Default.RetrySchedule) : null)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));

        var changes = Timeline.Of(page.Of<DomainEvent>().Select(Change.Of).OfType<Change>(), c => (c.Recorded.AccountId, c.Key), c => c.Recorded.Position);
        sql.Execute(Close("schedule_status"), Keys(changes.FindAll(s => s.First), s => s.Item.Recorded, s => s.Item.Key));
        sql.Execute(InsertStatus, Keys(changes, s => s.Item.Recorded, s => s.Item.Key)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => WireWord.Of(s.Item.Status))
            .Text(s => s.Item.SuspendedFor is { } reason ? WireWord.Of(reason) : null)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    private static string Close(string table) => $"""
        update process_deployment.{table} h set valid_to = c.position
        from unnest(^, ^, ^, ^) as c(account_id, process_id, atom_id, position)
        where h.account_id = c.account_id and h.process_id = c.process_id and h.atom_id = c.atom_id and h.valid_to is null
        """;

    private static Rows<T> Keys<T>(List<T> items, Func<T, Recorded> recorded, Func<T, AttachmentKey> key) => Rows.Of(items)
        .Text(item => recorded(item).AccountId).Uuid(item => key(item).ProcessId).Uuid(item => key(item).AtomId).Position(item => recorded(item).Position);

    private sealed record Change(Recorded Recorded, AttachmentKey Key, ScheduleStatus Status, SuspensionReason? SuspendedFor)
    {
        public static Change? Of((Recorded Recorded, DomainEvent Event) happened) => happened.Event switch
        {
            SchedulesSet e => new(happened.Recorded, e.Key(), e.Status, e.SuspendedFor),
            SchedulesStopped e => new(happened.Recorded, e.Key(), ScheduleStatus.Stopped, null),
            SchedulesSuspended e => new(happened.Recorded, e.Key(), ScheduleStatus.Suspended, e.SuspendedFor),
            SchedulesResumed e => new(happened.Recorded, e.Key(), ScheduleStatus.Enabled, null),
            AtomDetached e when ScheduleState.AreSuspendedBy(e) => new(happened.Recorded, new(e.ProcessId, e.AtomId), ScheduleStatus.Suspended, SuspensionReason.Detached),
            _ => null,
        };
    }
}
