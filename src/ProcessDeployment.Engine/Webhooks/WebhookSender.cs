using System.Net.Http.Headers;
using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>
/// Sends what is due, on one node among all: whoever holds the lock. Each webhook is served by itself, so that an address which
/// hangs delays nobody else. A delivery that fails is tried again with growing pauses, under the same id; others go on meanwhile.
/// </summary>
internal sealed class WebhookSender(
    Databases databases, DueDeliveries deliveries, WebhookBodies bodies, WebhookClient client, SecretKeys keys, WebhookPace pace, TimeProvider clock, ILogger<WebhookSender> log) : BackgroundService
{
    private const long Lock = 0x70726f63_77656268;

    /// <summary>Who is at the database at a time: its connections are shared with all else. Nobody holds a place while an address is waited for.</summary>
    private readonly Room _room = new(32);

    /// <summary>What is under way, or was; touched by the one loop only.</summary>
    private readonly Dictionary<WebhookKey, Task> _served = [];

    public override void Dispose()
    {
        base.Dispose();
        _room.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace.Look);
        string? trouble = null;
        do
        {
            try
            {
                await HoldAsync(timer, stoppingToken);
                trouble = null;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (trouble != e.Message) log.LogWarning("Webhooks are not looked after for the moment: {Why}", e.Message);
                trouble = e.Message;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Returns when another node sends.</summary>
    private async Task HoldAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        await using var connection = await databases.OpenSessionAsync(cancellation);
        await using (var tryLock = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", connection))
        {
            if (await tryLock.ExecuteScalarAsync(cancellation) is not true) return;
        }

        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                foreach (var done in _served.Where(served => served.Value.IsCompleted).Select(served => served.Key).ToList()) _served.Remove(done);
                foreach (var webhook in await DueDeliveries.WebhooksAsync(connection, cancellation))
                {
                    if (!_served.ContainsKey(webhook)) _served.Add(webhook, ServeAsync(webhook, cancellation));
                }
            }
        }
        finally
        {
            // Whoever takes over must not meet what is still under way here.
            await Task.WhenAll(_served.Values);
        }
    }

    private async Task ServeAsync(WebhookKey webhook, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            List<DueDelivery> due = [];
            do
            {
                // From behind the last one: nothing is tried twice in one go.
                var after = due is [.., var last] ? last.Position : 0;
                using (await _room.EnterAsync(cancellation)) due = await deliveries.OfAsync(webhook, after, cancellation);
                foreach (var delivery in due)
                {
                    // An address that is away is not tried once for each of what waits for it.
                    if (!await DeliverAsync(delivery, cancellation)) return;
                }
            }
            while (due.Count == DueDeliveries.AtOnce);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("What webhook {Webhook} of account {Account} has to send waits: {Why}", webhook.WebhookId, webhook.AccountId, e.Message);
        }
        catch (Exception)
        {
            // The engine stops; what was under way is sent again, under the same id.
        }
    }

    /// <summary>Whether to go on: also where one cannot be written down, so that it holds up nothing behind it.</summary>
    private async Task<bool> DeliverAsync(DueDelivery delivery, CancellationToken cancellation)
    {
        var problem = await SendAsync(delivery, cancellation);
        using var place = await _room.EnterAsync(cancellation);
        try
        {
            if (problem is null) await deliveries.DoneAsync(delivery, cancellation);
            else await FailAsync(delivery, problem, cancellation);
            return problem is null;
        }
        catch (PostgresException e) when (!e.IsTransient)
        {
            log.LogError(e, "What became of position {Position} at webhook {Webhook} of account {Account} cannot be written down", delivery.Position, delivery.Webhook.WebhookId, delivery.Webhook.AccountId);
            return true;
        }
    }

    private async Task<string?> SendAsync(DueDelivery delivery, CancellationToken cancellation)
    {
        var (accountId, webhookId) = (delivery.Webhook.AccountId, delivery.Webhook.WebhookId);
        if (delivery.Url == PersonalData.Marker) return "its address was taken out of the history; set it anew";
        try
        {
            if (await ReadAsync(delivery, cancellation) is not { } message) return "the event cannot be read";
            using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(message.Body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
            WebhookSignature.Sign(request, message.Id, clock.GetUtcNow(), message.Body, (await keys.OfAsync(delivery.KeyId, cancellation)).Open(delivery.Secret, SecretOwner.Webhook(accountId, webhookId)));
            return await client.SendAsync(request, cancellation);
        }
        catch (Exception e) when (e is not NpgsqlException && !cancellation.IsCancellationRequested)
        {
            // Such as an event that cannot be read, or a key that is not here: it counts like an address that does not answer.
            log.LogWarning(e, "Position {Position} cannot be sent to webhook {Webhook} of account {Account}", delivery.Position, webhookId, accountId);
            return WebhookProblem.Unmade;
        }
    }

    private async Task<(string Id, byte[] Body)?> ReadAsync(DueDelivery delivery, CancellationToken cancellation)
    {
        using var place = await _room.EnterAsync(cancellation);
        return await bodies.OfAsync(delivery.Webhook.AccountId, delivery.Position, cancellation);
    }

    private async Task FailAsync(DueDelivery delivery, string problem, CancellationToken cancellation)
    {
        var attempts = delivery.Attempts + 1;
        var givenUp = attempts >= pace.Attempts;
        await deliveries.FailedAsync(delivery, problem, givenUp ? null : pace.After(attempts), cancellation);
        if (givenUp)
            log.LogWarning("Webhook {Webhook} of account {Account} did not take position {Position} in {Attempts} attempts: {Problem}. It is kept until somebody has it sent again", delivery.Webhook.WebhookId, delivery.Webhook.AccountId, delivery.Position, attempts, problem);
    }
}
