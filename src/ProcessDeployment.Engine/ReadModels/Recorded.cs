using System.Globalization;
using System.Text.Json;
using JasperFx.Events;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>An event with what is kept beside it: all that read models may use.</summary>
public sealed record Recorded
{
    public required string AccountId { get; init; }

    /// <summary>Place in the account, from 1 without gaps: the only order that read models know.</summary>
    public required long Position { get; init; }

    public required DateTimeOffset Time { get; init; }
    public required string Actor { get; init; }
    public required string Stream { get; init; }
    public required string Type { get; init; }
    public Guid? CommandId { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
    public string? Reason { get; init; }
    public string? Channel { get; init; }
    public string? Source { get; init; }
    public required DomainEvent Event { get; init; }

    public static Recorded Of(IEvent stored) => new()
    {
        AccountId = stored.TenantId,
        Position = Header(stored, "position") is { } position
            ? long.Parse(position, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Event {stored.Id} has no position."),
        Time = stored.Timestamp.ToUniversalTime(),
        Actor = stored.UserName ?? "",
        Stream = stored.StreamKey ?? "",
        Type = stored.EventTypeName,
        CommandId = Guid.TryParse(Header(stored, "commandId"), out var commandId) ? commandId : null,
        CorrelationId = stored.CorrelationId,
        CausationId = stored.CausationId,
        Reason = Header(stored, "reason"),
        Channel = Header(stored, "channel"),
        Source = Header(stored, "source"),
        Event = stored.Data as DomainEvent ?? throw new InvalidOperationException($"Event {stored.Id} is no event of the domain: {stored.EventTypeName}."),
    };

    /// <summary>Marten reads header values as whatever JSON says they are.</summary>
    private static string? Header(IEvent stored, string name) => stored.GetHeader(name) switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null } => null,
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
