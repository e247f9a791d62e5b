using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Contracts.Json;

/// <summary>A command that is well formed, with what its CloudEvent said about it.</summary>
/// <param name="CommandId">The CloudEvents <c>id</c>: its effect happens once per account for ever.</param>
/// <param name="Source">The CloudEvents <c>source</c>.</param>
/// <param name="Type">The wire name of the command.</param>
/// <param name="Time">When the sender says it was made; never used to order anything.</param>
/// <param name="Command">The command, account and actor filled in.</param>
/// <param name="Fingerprint">What "the same command" is judged by, see <see cref="Json.Fingerprint"/>.</param>
/// <param name="Extensions">Other context attributes, for example <c>traceparent</c> or <c>subject</c>; null when there are none.</param>
public sealed record CommandEnvelope(
    Guid CommandId,
    string Source,
    string Type,
    DateTimeOffset? Time,
    Command Command,
    ReadOnlyMemory<byte> Fingerprint,
    IReadOnlyDictionary<string, string>? Extensions = null);

/// <summary>What the credentials say. Over HTTP a body may leave these out but not contradict them; over the bus it must say them.</summary>
/// <param name="AccountId">The account of the credentials, null where there are none.</param>
/// <param name="Actor">The person or system of the credentials, null where there are none.</param>
public sealed record CommandDefaults(string? AccountId, string? Actor)
{
    /// <summary>The bus and files: the body says who acts, and where.</summary>
    public static CommandDefaults None { get; } = new(null, null);
}
