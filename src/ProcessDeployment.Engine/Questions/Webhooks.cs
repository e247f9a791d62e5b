using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Webhooks;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The webhooks of an account, and how far they are with what they have to send. The secret is not among it.</summary>
internal static class Webhooks
{
    /// <summary>How far they are is known of now only.</summary>
    private static readonly MomentSql Sql = new(at => $"""
        select w.webhook_id, w.url, w.event_types, w.enabled, w.set_by, w.set_at, {(at == Moment.Now ? "d.pending, d.dead, r.delivered, r.position, r.delivered_at, f.position, f.attempts, f.attempted_at, f.problem" : "null, null, null, null, null, null, null, null, null")}
        from process_deployment.webhook w
        {(at == Moment.Now ? Progress : "")}
        where w.account_id = $1 and {at.Holds("w")}
        order by w.url collate "C", w.webhook_id
        """);

    private const string Progress = """
        cross join lateral (
            select count(d.due_at) as pending, count(*) - count(d.due_at) as dead from process_deployment.webhook_delivery d where d.account_id = $1 and d.webhook_id = w.webhook_id) d
        left join process_deployment.webhook_report r on r.account_id = $1 and r.webhook_id = w.webhook_id
        left join lateral (
            select * from process_deployment.webhook_delivery f where f.account_id = $1 and f.webhook_id = w.webhook_id and f.attempted_at is not null order by f.attempted_at desc limit 1) f on true
        """;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapQuestion<WebhooksAnswer>("/webhooks", "list-webhooks", "Where events are sent, and what waits to be sent", [], Ask);
        api.MapPost("/webhooks/{id:guid}/replay", ReplayAsync)
            .WithName("replay-webhook").WithTags("Operations").WithSummary("Send again what a webhook was given up on")
            .Produces<ReplayAnswer>().MayBeUnknown();
    }

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var webhooks = new List<WebhookItem>();
        batch.Query(Sql, row => webhooks.Add(Read(row)));
        return position => Answer.Of(new WebhooksAnswer(webhooks, position));
    }

    private static async Task<IResult> ReplayAsync(HttpContext context, Guid id, AccountQuestion asking, DueDeliveries deliveries) =>
        await deliveries.SendAgainAsync(asking.AccountOf(context), id, context.RequestAborted) is { } count ? Answer.Of(new ReplayAnswer(count)) : Answer.Unknown("webhook", id);

    private static WebhookItem Read(NpgsqlDataReader row) => new()
    {
        WebhookId = row.GetGuid(0),
        Url = row.GetString(1),
        EventTypes = row.List<string>(2),
        Enabled = row.GetBoolean(3),
        SetBy = row.GetString(4),
        SetAt = row.Time(5),
        Pending = row.IsDBNull(6) ? null : row.GetInt64(6),
        Dead = row.IsDBNull(7) ? null : row.GetInt64(7),
        Delivered = row.IsDBNull(8) ? null : row.GetInt64(8),
        LastDelivery = row.IsDBNull(9) ? null : new(row.GetInt64(9), row.Time(10)),
        LastFailure = row.IsDBNull(11) ? null : new(row.GetInt64(11), row.GetInt32(12), row.Time(13), row.GetString(14)),
    };
}

internal sealed record WebhooksAnswer(IReadOnlyList<WebhookItem> Items, long Position);

/// <summary>How many deliveries are sent again.</summary>
internal sealed record ReplayAnswer(int Replayed);

/// <summary>A webhook.</summary>
internal sealed record WebhookItem
{
    public required Guid WebhookId { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<string> EventTypes { get; init; }
    public required bool Enabled { get; init; }
    public required string SetBy { get; init; }
    public required DateTimeOffset SetAt { get; init; }

    /// <summary>Deliveries that are still to be made, or to be tried again. This and the rest only of now.</summary>
    public long? Pending { get; init; }

    /// <summary>Deliveries that were given up; <c>replay</c> has them sent again.</summary>
    public long? Dead { get; init; }

    /// <summary>Deliveries that were made, ever.</summary>
    public long? Delivered { get; init; }

    public WebhookDelivery? LastDelivery { get; init; }

    /// <summary>The last attempt that failed and whose event was not delivered since.</summary>
    public WebhookFailure? LastFailure { get; init; }
}

internal sealed record WebhookDelivery(long Position, DateTimeOffset At);

internal sealed record WebhookFailure(long Position, int Attempts, DateTimeOffset At, string Problem);
