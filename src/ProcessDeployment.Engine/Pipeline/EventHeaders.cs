using System.Text.Json;
using System.Text.Json.Serialization;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>What Marten has no column for. Kept with every event, under these names for ever.</summary>
/// <param name="Position">Place of the event in its account, from 1 without gaps.</param>
/// <param name="CommandId">The command it follows from.</param>
/// <param name="Channel">Where the command came in.</param>
/// <param name="Source">Who sent it: the source of its CloudEvent.</param>
/// <param name="Reason">Why, in the words of the actor.</param>
/// <param name="Extensions">The extension attributes of its CloudEvent; null when there are none.</param>
public sealed record EventHeaders(
    long Position, Guid CommandId, string Channel, string Source, string? Reason, IReadOnlyDictionary<string, string>? Extensions)
{
    public static EventHeaders Of(IncomingCommand command, long position) =>
        new(position, command.Envelope.CommandId, command.Channel, command.Envelope.Source, command.Envelope.Command.Reason, command.Envelope.Extensions);

    public string ToJson() => JsonSerializer.Serialize(this, EventHeadersJson.Default.EventHeaders);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventHeaders))]
internal sealed partial class EventHeadersJson : JsonSerializerContext;

/// <summary>Ids that tie a command to what surrounds it.</summary>
internal static class Correlation
{
    /// <summary>The sender's <c>correlationid</c> extension, or the command itself.</summary>
    public static string CorrelationId(this CommandEnvelope envelope) =>
        envelope.Extensions?.GetValueOrDefault("correlationid") ?? envelope.CommandId.ToString();
}
