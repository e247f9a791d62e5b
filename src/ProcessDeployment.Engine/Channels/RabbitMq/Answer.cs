using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.DeadLetters;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>A delivery that is finished but for telling its sender.</summary>
/// <param name="From">The consumer it came by.</param>
/// <param name="Tag">Its delivery tag there.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="CommandId">Whom to tell; null when the id could not be read.</param>
/// <param name="Message">What to tell: an outcome, or why there is none.</param>
internal sealed record Answer(CommandConsumer From, ulong Tag, int Size, Guid? CommandId, object? Message)
{
    public static Answer Of(CommandConsumer from, ulong tag, int size, Outcome outcome) => new(from, tag, size, outcome.CommandId, outcome);

    public static Answer Of(CommandConsumer from, ulong tag, int size, Guid? commandId, BurialReason why) =>
        new(from, tag, size, commandId, commandId is { } id ? new MalformedAnswer(id, why.Status, why.Errors) : null);

    /// <summary>Of a delivery that somebody else will answer.</summary>
    public static Answer None(CommandConsumer from, ulong tag, int size) => new(from, tag, size, CommandId: null, Message: null);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(Message, Message!.GetType(), WireJson.Options);
}
