using System.Text.Json;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What webhooks are and were: an event is sent to those that asked for it when it happened.</summary>
public sealed class WebhookHistory : IReadModel
{
    private const string Close = """
        update process_deployment.webhook h set valid_to = c.position
        from unnest(^, ^, ^) as c(account_id, webhook_id, position)
        where h.account_id = c.account_id and h.webhook_id = c.webhook_id and h.valid_to is null
        """;

    private const string Insert = """
        insert into process_deployment.webhook
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^) as w(account_id, webhook_id, valid_from, valid_to, url, event_types, enabled, set_by, set_at)
        """;

    public IReadOnlyList<string> Tables => ["webhook"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        var steps = Timeline.Of(page.Of<WebhookEvent>(), w => new Subject(w.Recorded.AccountId, w.Event.WebhookId), w => w.Recorded.Position);
        sql.Execute(Close, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Uuid(s => s.Item.Event.WebhookId).Position(s => s.Item.Recorded.Position));
        sql.Execute(Insert, Rows.Of(steps.Where(s => s.Item.Event is WebhookSet).Select(s => (s.Item.Recorded, Event: (WebhookSet)s.Item.Event, s.ValidTo)).ToList())
            .Text(s => s.Recorded.AccountId)
            .Uuid(s => s.Event.WebhookId)
            .Position(s => s.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => s.Event.Url)
            .Json(s => JsonSerializer.Serialize(s.Event.EventTypes, ReadModelJson.Default.Texts))
            .Flag(s => s.Event.Enabled)
            .Text(s => s.Recorded.Actor)
            .Time(s => s.Recorded.Time));
    }
}
