using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Webhooks;

/// <summary>What happens to a webhook. What it delivers is no event: it follows from the events themselves.</summary>
public abstract record WebhookEvent : DomainEvent
{
    public required Guid WebhookId { get; init; }

    public override string StreamName() => StreamNames.Webhook(WebhookId);
}

/// <summary>A webhook was made or changed. Events from here on are sent as it says; of its secret only that it changed is told.</summary>
[WireName("processdeployment.webhook-set.v1")]
public sealed record WebhookSet : WebhookEvent
{
    /// <summary>Where to. It is not kept secret: it stands in history, and whoever may ask for webhooks reads it. Published are its scheme and host only.</summary>
    public required string Url { get; init; }

    /// <summary>The types of events that are sent, all named.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    public required bool Enabled { get; init; }
    public required bool SecretChanged { get; init; }
}

/// <summary>A webhook was taken away.</summary>
[WireName("processdeployment.webhook-deleted.v1")]
public sealed record WebhookDeleted : WebhookEvent;
