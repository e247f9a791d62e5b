namespace ProcessDeployment.Domain.Webhooks;

/// <summary>A webhook as it is now.</summary>
public sealed record Webhook
{
    public required Guid WebhookId { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<string> EventTypes { get; init; }
    public required bool Enabled { get; init; }
    public bool Deleted { get; init; }

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static Webhook? Evolve(Webhook? webhook, DomainEvent @event) => @event switch
    {
        WebhookSet set => new() { WebhookId = set.WebhookId, Url = set.Url, EventTypes = set.EventTypes, Enabled = set.Enabled },
        WebhookDeleted => webhook is null ? null : webhook with { Deleted = true },
        _ => webhook,
    };
}
