using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What an Atom is and was.</summary>
public sealed class AtomHistory : IReadModel
{
    private const string Close = """
        update process_deployment.atom_history h set valid_to = c.position
        from unnest(^, ^, ^) as c(account_id, atom_id, position)
        where h.account_id = c.account_id and h.atom_id = c.atom_id and h.valid_to is null
        """;

    private const string InsertRegistered = """
        insert into process_deployment.atom_history
        select a.account_id, a.atom_id, a.valid_from, a.valid_to, a.name, a.host_name, a.atom_type, a.time_zone, a.actor, a.time, a.actor, a.time, false, 'UNKNOWN'
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^, ^) as a(account_id, atom_id, valid_from, valid_to, name, host_name, atom_type, time_zone, actor, time)
        """;

    /// <summary>What does not change comes from the registration, which is in the table by now, and so do name and status where the page does not say them.</summary>
    private const string InsertChanged = """
        insert into process_deployment.atom_history
        select a.account_id, a.atom_id, a.valid_from, a.valid_to, coalesce(a.name, h.name), h.host_name, h.atom_type, h.time_zone,
            h.registered_by, h.registered_at, a.actor, a.time, a.deleted, coalesce(a.status, h.status)
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^) as a(account_id, atom_id, valid_from, valid_to, name, status, actor, time, deleted)
        cross join lateral (
            select * from process_deployment.atom_history l
            where l.account_id = a.account_id and l.atom_id = a.atom_id and l.valid_from < a.valid_from
            order by l.valid_from desc limit 1) h
        """;

    public IReadOnlyList<string> Tables => ["atom_history"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var changes = Changes(page);
        var steps = Timeline.Of(changes, a => new Subject(a.Recorded.AccountId, a.Event.AtomId), a => a.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.Event.AtomId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertRegistered, Rows.Of(steps.Where(s => s.Item.Event is AtomRegistered).Select(s => (s.Item.Recorded, Event: (AtomRegistered)s.Item.Event, s.ValidTo)).ToList())
            .Text(s => s.Recorded.AccountId)
            .Uuid(s => s.Event.AtomId)
            .Position(s => s.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Event.Name)
            .Text(s => s.Event.HostName)
            .Text(s => WireWord.Of(s.Event.AtomType))
            .Text(s => s.Event.TimeZone)
            .Text(s => s.Recorded.Actor)
            .Time(s => s.Recorded.Time));
        sql.Execute(InsertChanged, Rows.Of(steps.FindAll(s => s.Item.Event is not AtomRegistered))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Event.AtomId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Item.Name)
            .Text(s => s.Item.Status is { } status ? WireWord.Of(status) : null)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time)
            .Flag(s => s.Item.Event is AtomDeleted));
    }

    /// <summary>Each with the name and the status that the page has said by then: rows of one statement do not see each other.</summary>
    private static List<Change> Changes(ReadModelPage page)
    {
        var (changes, last) = (new List<Change>(), new Dictionary<Subject, Change>());
        foreach (var (recorded, happened) in page.Of<AtomEvent>())
        {
            // Who may come in as an Atom changes nothing of what it is.
            if (happened is AtomTokenIssued or AtomTokenRevoked) continue;
            // Where it is says another history.
            if (happened is AtomAttachedToEnvironment or AtomDetachedFromEnvironment or EnvironmentAttachmentRefused) continue;
            var before = last.GetValueOrDefault(new(recorded.AccountId, happened.AtomId));
            var change = happened switch
            {
                AtomRegistered registered => new Change(recorded, happened, registered.Name, AtomStatus.Unknown),
                AtomRenamed renamed => new(recorded, happened, renamed.Name, before?.Status),
                AtomStatusChanged changed => new(recorded, happened, before?.Name, changed.Status),
                _ => new(recorded, happened, before?.Name, before?.Status),
            };
            changes.Add(last[new(recorded.AccountId, happened.AtomId)] = change);
        }

        return changes;
    }

    private sealed record Change(Recorded Recorded, AtomEvent Event, string? Name, AtomStatus? Status);
}
