using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>
/// Notes what webhooks have to send, in the transaction that writes the read models: that is done on one node, once for each
/// event. A rebuild of read models notes nothing.
/// </summary>
internal static class WebhookQueue
{
    /// <summary>Most engines have no webhook: then no event is looked at. What came from another home was noted there, and what is left of it came along.</summary>
    private const string Add = """
        insert into process_deployment.webhook_delivery (account_id, webhook_id, position)
        select w.account_id, w.webhook_id, e.position
        from unnest(^, ^, ^) as e(account_id, position, type)
        join process_deployment.webhook w
            on w.account_id = e.account_id and w.enabled and w.valid_from <= e.position and (w.valid_to is null or w.valid_to > e.position) and jsonb_exists(w.event_types, e.type)
        where (select exists (select from process_deployment.webhook))
            and not exists (select from process_deployment.account_arrival a where a.account_id = e.account_id and e.position > a.after and e.position <= a.position)
        on conflict do nothing
        """;

    /// <summary>One that began again under its id later on the same page keeps what came then.</summary>
    private const string Drop = """
        delete from process_deployment.webhook_delivery d using unnest(^, ^, ^) as g(account_id, webhook_id, position)
        where d.account_id = g.account_id and d.webhook_id = g.webhook_id and d.position <= g.position
        """;

    public static void Write(ReadModelPage page, PageSql sql)
    {
        sql.Execute(Add, Rows.Of(page.Events.Where(recorded => recorded.Event is not PassedOver).ToList())
            .Text(recorded => recorded.AccountId)
            .Position(recorded => recorded.Position)
            .Text(recorded => WireNameAttribute.Of(recorded.Event.GetType())));
        sql.Execute(Drop, Rows.Of(page.Of<WebhookDeleted>().ToList()).Text(gone => gone.Recorded.AccountId).Uuid(gone => gone.Event.WebhookId).Position(gone => gone.Recorded.Position));
    }
}
