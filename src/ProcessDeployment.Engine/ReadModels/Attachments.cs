using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Where Processes are and were attached.</summary>
public sealed class Attachments : IReadModel
{
    private const string Close = """
        update process_deployment.attachment h set valid_to = d.position, detached_by = d.actor, detached_at = d.time
        from unnest(^, ^, ^, ^, ^, ^) as d(account_id, process_id, atom_id, position, actor, time)
        where h.account_id = d.account_id and h.process_id = d.process_id and h.atom_id = d.atom_id and h.valid_to is null
        """;

    private const string Insert = """
        insert into process_deployment.attachment
            (account_id, process_id, atom_id, valid_from, valid_to, attached_by, attached_at, detached_by, detached_at, environment_id)
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^)
            as a(account_id, process_id, atom_id, valid_from, valid_to, attached_by, attached_at, detached_by, detached_at, environment_id)
        """;

    public IReadOnlyList<string> Tables => ["attachment"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var attached = new List<Attachment>();
        var detached = new List<(Recorded Recorded, AtomDetached Event)>();
        var open = new Dictionary<(string, Guid, Guid), Attachment>();
        foreach (var recorded in page.Events)
        {
            if (recorded.Event is AtomAttached attach)
            {
                var attachment = new Attachment(recorded, attach);
                attached.Add(attachment);
                open[(recorded.AccountId, attach.ProcessId, attach.AtomId)] = attachment;
            }
            else if (recorded.Event is AtomDetached detach)
            {
                if (open.Remove((recorded.AccountId, detach.ProcessId, detach.AtomId), out var attachment)) attachment.Detached = recorded;
                else detached.Add((recorded, detach));
            }
        }

        sql.Execute(Close, Rows.Of(detached)
            .Text(d => d.Recorded.AccountId)
            .Uuid(d => d.Event.ProcessId)
            .Uuid(d => d.Event.AtomId)
            .Position(d => d.Recorded.Position)
            .Text(d => d.Recorded.Actor)
            .Time(d => d.Recorded.Time));
        sql.Execute(Insert, Rows.Of(attached)
            .Text(a => a.Recorded.AccountId)
            .Uuid(a => a.Event.ProcessId)
            .Uuid(a => a.Event.AtomId)
            .Position(a => a.Recorded.Position)
            .OptionalPosition(a => a.Detached?.Position)
            .Text(a => a.Recorded.Actor)
            .Time(a => a.Recorded.Time)
            .Text(a => a.Detached?.Actor)
            .OptionalTime(a => a.Detached?.Time)
            .OptionalUuid(a => a.Event.EnvironmentId));
    }

    private sealed record Attachment(Recorded Recorded, AtomAttached Event)
    {
        public Recorded? Detached { get; set; }
    }
}
