using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Contracts;

/// <summary>What downstream systems get of an event: a CloudEvent whose body is translated, never the stored one as it is.</summary>
public sealed record PublishedEvent
{
    /// <summary>Version of CloudEvents.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary><c>account/position</c>: unique, and the same each time an event is published.</summary>
    public required string Id { get; init; }

    /// <summary><c>//process-deployment/account</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Wire name of the event.</summary>
    public required string Type { get; init; }

    /// <summary>The time of the database when the event was kept.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The stream of the event, for example <c>component/0193…</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Always JSON.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; init; } = "application/json";

    /// <summary>The event and what is known about it.</summary>
    public required PublishedEventData Data { get; init; }

    /// <summary>The id of an event at its place in its account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="position">The place.</param>
    public static string IdOf(string accountId, long position) => FormattableString.Invariant($"{accountId}/{position}");

    /// <summary>The source of the events of an account.</summary>
    /// <param name="accountId">The account.</param>
    public static string SourceOf(string accountId) => $"//process-deployment/{accountId}";
}

/// <summary>An event and what is known about it.</summary>
public sealed record PublishedEventData
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Place in the account, from 1 without gaps: the only order there is.</summary>
    public required long Position { get; init; }

    /// <summary>Who acted.</summary>
    public required string Actor { get; init; }

    /// <summary>The command it follows from.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>What the sender ties his messages together with; the command id when he said nothing.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The message it follows from.</summary>
    public required string CausationId { get; init; }

    /// <summary>Why, in the words of the actor.</summary>
    public string? Reason { get; init; }

    /// <summary>The extension attributes of the command's CloudEvent, for example <c>traceparent</c>.</summary>
    public IReadOnlyDictionary<string, string>? Extensions { get; init; }

    /// <summary>What happened, in the form of the schema of its type.</summary>
    public required JsonElement Body { get; init; }
}
