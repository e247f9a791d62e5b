using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Whether listeners on Atoms are and were paused, and when they were restarted.</summary>
public sealed class Listeners : IReadModel
{
    private const string Close = """
        update process_deployment.listener_status h set valid_to = c.position
        from unnest(^, ^, ^, ^) as c(account_id, process_id, atom_id, position)
        where h.account_id = c.account_id and h.process_id = c.process_id and h.atom_id = c.atom_id and h.valid_to is null
        """;

    private const string Insert = """
        insert into process_deployment.listener_status
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^) as s(account_id, process_id, atom_id, valid_from, valid_to, status, changed_by, changed_at)
        """;

    public IReadOnlyList<string> Tables => ["listener_status"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var changes = Timeline.Of(page.Of<DomainEvent>().Select(Change.Of).OfType<Change>(), c => (c.Recorded.AccountId, c.Key), c => c.Recorded.Position);
        sql.Execute(Close, Keys(changes.FindAll(s => s.First)));
        sql.Execute(Insert, Keys(changes.FindAll(s => s.Item.Status is not null))
            .OptionalPosition(s => s.ValidTo)
            .Text(s => WireWord.Of(s.Item.Status!.Value))
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    private static Rows<Step<Change>> Keys(List<Step<Change>> changes) => Rows.Of(changes)
        .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.Key.ProcessId).Uuid(s => s.Item.Key.AtomId).Position(s => s.Item.Recorded.Position);

    /// <summary>Without a status after a detach, which ends what was.</summary>
    private sealed record Change(Recorded Recorded, AttachmentKey Key, ListenerStatus? Status)
    {
        public static Change? Of((Recorded Recorded, DomainEvent Event) happened) => happened.Event switch
        {
            ListenerPaused e => new(happened.Recorded, e.Key(), ListenerStatus.Paused),
            ListenerResumed e => new(happened.Recorded, e.Key(), ListenerStatus.Running),
            ListenerRestarted e => new(happened.Recorded, e.Key(), ListenerStatus.Running),
            AtomDetached e => new(happened.Recorded, new(e.ProcessId, e.AtomId), null),
            _ => null,
        };
    }
}
