using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What an environment is and was, and whether the account uses them.</summary>
public sealed class EnvironmentHistory : IReadModel
{
    private const string Close = """
        update process_deployment.environment_history h set valid_to = c.position
        from unnest(^, ^, ^) as c(account_id, environment_id, position)
        where h.account_id = c.account_id and h.environment_id = c.environment_id and h.valid_to is null
        """;

    private const string InsertCreated = """
        insert into process_deployment.environment_history
        select e.account_id, e.environment_id, e.valid_from, e.valid_to, e.name, e.classification, e.place, e.actor, e.time, e.actor, e.time, false
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^) as e(account_id, environment_id, valid_from, valid_to, name, classification, place, actor, time)
        """;

    /// <summary>What does not change comes from the creation, which is in the table by now, and so does the place where the page does not say it.</summary>
    private const string InsertChanged = """
        insert into process_deployment.environment_history
        select e.account_id, e.environment_id, e.valid_from, e.valid_to, e.name, h.classification, coalesce(e.place, h.place), h.created_by, h.created_at, e.actor, e.time, e.deleted
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^) as e(account_id, environment_id, valid_from, valid_to, name, place, actor, time, deleted)
        cross join lateral (
            select * from process_deployment.environment_history l
            where l.account_id = e.account_id and l.environment_id = e.environment_id and l.valid_from < e.valid_from
            order by l.valid_from desc limit 1) h
        """;

    private const string CloseUse = """
        update process_deployment.environment_use_history h set valid_to = u.position
        from unnest(^, ^) as u(account_id, position) where h.account_id = u.account_id and h.valid_to is null
        """;

    private const string InsertUse = """
        insert into process_deployment.environment_use_history
        select * from unnest(^, ^, ^, ^, ^, ^) as u(account_id, valid_from, valid_to, enabled, set_by, set_at)
        """;

    public IReadOnlyList<string> Tables => ["environment_history", "environment_use_history"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        Use(Timeline.Of(page.Of<EnvironmentUseEvent>(), u => u.Recorded.AccountId, u => u.Recorded.Position), sql);
        var steps = Timeline.Of(Changes(page), e => new Subject(e.Recorded.AccountId, e.Event.EnvironmentId), e => e.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.Event.EnvironmentId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertCreated, Rows.Of(steps.Where(s => s.Item.Event is EnvironmentCreated).Select(s => (s.Item.Recorded, Event: (EnvironmentCreated)s.Item.Event, s.ValidTo)).ToList())
            .Text(s => s.Recorded.AccountId)
            .Uuid(s => s.Event.EnvironmentId)
            .Position(s => s.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Event.Name)
            .Text(s => WireWord.Of(s.Event.Classification))
            .Number(s => s.Event.Order)
            .Text(s => s.Recorded.Actor)
            .Time(s => s.Recorded.Time));
        sql.Execute(InsertChanged, Rows.Of(steps.FindAll(s => s.Item.Event is not EnvironmentCreated))
            .Text(s => s.Item.Recorded.AccountId)
            .Uuid(s => s.Item.Event.EnvironmentId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Item.Name)
            .OptionalNumber(s => s.Item.Place)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time)
            .Flag(s => s.Item.Event is EnvironmentDeleted));
    }

    private static void Use(List<Step<(Recorded Recorded, EnvironmentUseEvent Event)>> steps, PageSql sql)
    {
        sql.Execute(CloseUse, Rows.Of(steps.FindAll(s => s.First)).Text(s => s.Item.Recorded.AccountId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertUse, Rows.Of(steps)
            .Text(s => s.Item.Recorded.AccountId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Flag(s => s.Item.Event is EnvironmentsEnabled)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    /// <summary>Each with the place that the page has said by then: rows of one statement do not see each other.</summary>
    private static List<Change> Changes(ReadModelPage page)
    {
        var (changes, places) = (new List<Change>(), new Dictionary<Subject, int>());
        foreach (var (recorded, happened) in page.Of<EnvironmentEvent>())
        {
            var subject = new Subject(recorded.AccountId, happened.EnvironmentId);
            if ((happened as EnvironmentCreated)?.Order is { } first) places[subject] = first;
            if ((happened as EnvironmentUpdated)?.Order is { } next) places[subject] = next;
            changes.Add(new(recorded, happened, NameIn(happened), places.TryGetValue(subject, out var place) ? place : null));
        }

        return changes;
    }

    private static string NameIn(EnvironmentEvent happened) => happened switch
    {
        EnvironmentCreated created => created.Name,
        EnvironmentUpdated updated => updated.Name,
        EnvironmentDeleted deleted => deleted.Name,
        _ => throw new NotSupportedException($"Nobody said what {happened.GetType().Name} does to the history."),
    };

    private sealed record Change(Recorded Recorded, EnvironmentEvent Event, string Name, int? Place);
}
