namespace ProcessDeployment.Contracts;

/// <summary>
/// What a sender on the bus is told, in the place of an <see cref="Outcome"/>, about a message that never became a command.
/// Nothing was stored under its id: it may be sent again, mended, with the same one.
/// </summary>
/// <param name="CommandId">The id that could be read from the message.</param>
/// <param name="Status"><c>malformed</c>, or <c>failed</c> when the engine and not the message is at fault.</param>
/// <param name="Errors">Each wrong member with the rule it breaks, in the same words as over HTTP.</param>
public sealed record MalformedAnswer(Guid CommandId, string Status, IReadOnlyList<MemberError> Errors);
