using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>Reads what is due, and writes down what became of it.</summary>
internal sealed class DueDeliveries(Databases databases)
{
    /// <summary>Most deliveries that are read at a time.</summary>
    public const int AtOnce = 50;

    /// <summary>
    /// Of all accounts, by a step into the index for each webhook, however much waits. What one that is switched off has not sent
    /// waits until it is on again, and is not looked at; what one has of an account that is away, its other home sends. The clock of the statement, since no index is searched by one that moves.
    /// </summary>
    internal const string Webhooks = """
        select w.account_id, w.webhook_id
        from process_deployment.webhook w
        cross join lateral (
            select from process_deployment.webhook_delivery d
            where d.account_id = w.account_id and d.webhook_id = w.webhook_id and d.due_at <= statement_timestamp() limit 1) d
        where w.valid_to is null and w.enabled and not exists (select from process_deployment.account a where a.account_id = w.account_id and a.away is not null)
        """;

    private static readonly string Of = $"""
        select d.position, d.attempts, w.url, s.key_id, s.sealed
        from process_deployment.webhook_delivery d
        join process_deployment.webhook w on w.account_id = $1 and w.webhook_id = $2 and w.valid_to is null and w.enabled
        join process_deployment.webhook_secret s on s.account_id = $1 and s.webhook_id = $2
        join process_deployment.account a on a.account_id = $1 and a.away is null
        where d.account_id = $1 and d.webhook_id = $2 and d.position > $3 and d.due_at <= statement_timestamp()
        order by d.position limit {AtOnce}
        """;

    private const string Done = """
        with done as (delete from process_deployment.webhook_delivery where account_id = $1 and webhook_id = $2 and position = $3)
        insert into process_deployment.webhook_report (account_id, webhook_id, delivered, position, delivered_at) values ($1, $2, 1, $3, clock_timestamp())
        on conflict (account_id, webhook_id) do update set delivered = webhook_report.delivered + 1, position = excluded.position, delivered_at = excluded.delivered_at
        """;

    private const string Failed = """
        update process_deployment.webhook_delivery set attempts = attempts + 1, attempted_at = clock_timestamp(), problem = $4, due_at = clock_timestamp() + $5
        where account_id = $1 and webhook_id = $2 and position = $3
        """;

    private const string Known = "select 1 from process_deployment.webhook where account_id = $1 and webhook_id = $2 and valid_to is null";

    private const string Again = """
        update process_deployment.webhook_delivery set attempts = 0, due_at = clock_timestamp() where account_id = $1 and webhook_id = $2 and due_at is null returning 1
        """;

    /// <summary>The webhooks that have something to send, over the connection whose lock says that this node sends.</summary>
    public static async Task<List<WebhookKey>> WebhooksAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var found = new List<WebhookKey>();
        await using var command = new NpgsqlCommand(Webhooks, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.Add(new(rows.GetString(0), rows.GetGuid(1)));
        return found;
    }

    /// <summary>The next ones behind a position, in order.</summary>
    public async Task<List<DueDelivery>> OfAsync(WebhookKey webhook, long after, CancellationToken cancellation)
    {
        var due = new List<DueDelivery>();
        await RunAsync(webhook.AccountId, batch => batch.Query(
            Of,
            row => due.Add(new(webhook, row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4))),
            Given.Id(webhook.WebhookId),
            Parameters.Value(after)), cancellation);
        return due;
    }

    public Task DoneAsync(DueDelivery delivery, CancellationToken cancellation) =>
        RunAsync(delivery.Webhook.AccountId, batch => batch.Execute(Done, Given.Id(delivery.Webhook.WebhookId), Parameters.Value(delivery.Position)), cancellation);

    /// <param name="delivery">What was tried.</param>
    /// <param name="problem">What stood in the way.</param>
    /// <param name="next">When to try again; null to give up.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task FailedAsync(DueDelivery delivery, string problem, TimeSpan? next, CancellationToken cancellation) => RunAsync(delivery.Webhook.AccountId, batch => batch.Execute(
        Failed,
        Given.Id(delivery.Webhook.WebhookId),
        Parameters.Value(delivery.Position),
        Parameters.Value(WebhookProblem.Kept(problem)),
        new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Interval, Value = (object?)next ?? DBNull.Value }), cancellation);

    /// <summary>Has everything sent again that was given up; how many there are, null when there is no such webhook.</summary>
    public async Task<int?> SendAgainAsync(string accountId, Guid webhookId, CancellationToken cancellation)
    {
        var (known, count) = (false, 0);
        await RunAsync(accountId, batch =>
        {
            batch.Query(Known, _ => known = true, Given.Id(webhookId));
            batch.Query(Again, _ => count++, Given.Id(webhookId));
        }, cancellation);
        return known ? count : null;
    }

    private async Task RunAsync(string accountId, Action<AccountBatch> add, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        add(batch);
        await batch.RunAsync(cancellation);
    }
}

/// <summary>Names a webhook.</summary>
internal readonly record struct WebhookKey(string AccountId, Guid WebhookId);

/// <summary>An event that is to be sent to a webhook now.</summary>
/// <param name="Webhook">Which.</param>
/// <param name="Position">Of the event.</param>
/// <param name="Attempts">Those before.</param>
/// <param name="Url">Where to.</param>
/// <param name="KeyId">What its secret is sealed with.</param>
/// <param name="Secret">Sealed.</param>
internal sealed record DueDelivery(WebhookKey Webhook, long Position, int Attempts, string Url, string KeyId, byte[] Secret);
