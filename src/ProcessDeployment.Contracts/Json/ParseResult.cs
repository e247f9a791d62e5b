using System.Diagnostics.CodeAnalysis;

namespace ProcessDeployment.Contracts.Json;

/// <summary>A well-formed command, or everything that is wrong with it.</summary>
public sealed record ParseResult
{
    private ParseResult() { }

    /// <summary>The command; null when it is malformed.</summary>
    public CommandEnvelope? Envelope { get; private init; }

    /// <summary>What is wrong, at most 20 things; empty when it is well formed.</summary>
    public IReadOnlyList<MemberError> Errors { get; private init; } = [];

    /// <summary>A limit of size was passed (HTTP 413 rather than 400).</summary>
    public bool TooLarge { get; private init; }

    /// <summary>The command id, also of a malformed command where it could be read, so that its sender can be told.</summary>
    public Guid? CommandId { get; private init; }

    /// <summary>Nothing is wrong with it but that a newer version of the engine is needed to read it: another node may, or this one after its upgrade.</summary>
    public bool IsNewer { get; private init; }

    /// <summary>Whether there is a command.</summary>
    [MemberNotNullWhen(true, nameof(Envelope))]
    public bool WellFormed => Envelope is not null;

    internal static ParseResult Of(CommandEnvelope envelope) => new() { Envelope = envelope, CommandId = envelope.CommandId };

    internal static ParseResult Malformed(Problems problems, Guid? commandId = null, bool isNewer = false) =>
        new() { Errors = problems.Errors, TooLarge = problems.TooLarge, CommandId = commandId, IsNewer = isNewer && problems.Errors.Count == 1 };
}

/// <summary>The commands of a batch, each judged for itself; or what is wrong with the batch as a whole.</summary>
/// <param name="Items">One result per item, in order; empty when the batch as a whole could not be read.</param>
/// <param name="Errors">What is wrong with the batch as a whole.</param>
/// <param name="TooLarge">A limit of size was passed (HTTP 413 rather than 400).</param>
public sealed record BatchParseResult(IReadOnlyList<ParseResult> Items, IReadOnlyList<MemberError> Errors, bool TooLarge = false)
{
    internal static BatchParseResult Malformed(Problems problems) => new([], problems.Errors, problems.TooLarge);
}
