using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Contracts;

/// <summary>What became of a command. The same command id always gets the same outcome, but for <see cref="Replayed"/>.</summary>
public sealed record Outcome
{
    /// <summary>The command this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Accepted, unchanged (nothing to do) or refused.</summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary>This command id had been judged before; its first outcome is given again.</summary>
    public bool Replayed { get; init; }

    /// <summary>The account's position after the command: ask a question with <c>atLeast</c> this to see its effect.</summary>
    public required long Position { get; init; }

    /// <summary>Every event of the command, in order.</summary>
    public IReadOnlyList<EventReference> Events { get; init; } = [];

    /// <summary>Attachments that began or ended with it, in order; left out where none did.</summary>
    public IReadOnlyList<ReceiptItem>? Receipt { get; init; }

    /// <summary>What the caller should know although the command took effect.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>Why it was refused.</summary>
    public RefusalAnswer? Refusal { get; init; }
}

/// <summary>The three ends a command can come to.</summary>
public enum OutcomeStatus
{
    /// <summary>It took effect.</summary>
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>There was nothing to do.</summary>
    [JsonStringEnumMemberName("unchanged")] Unchanged,

    /// <summary>A rule stood against it; final for this command id.</summary>
    [JsonStringEnumMemberName("refused")] Refused,
}

/// <summary>Where an event stands.</summary>
/// <param name="Stream">Its stream, for example <c>component/0193…</c>.</param>
/// <param name="Type">Its wire name.</param>
/// <param name="Number">Its place in the stream, from 1.</param>
/// <param name="Position">Its place in the account, from 1.</param>
public sealed record EventReference(string Stream, string Type, long Number, long Position);

/// <summary>Something the caller should know.</summary>
/// <param name="Code">Fixed word to act on.</param>
/// <param name="Message">The same for people.</param>
public sealed record Warning(string Code, string Message);

/// <summary>Why a command was refused.</summary>
/// <param name="Code">One of <see cref="RefusalCodes"/>.</param>
/// <param name="Message">The same for people, with names and numbers.</param>
/// <param name="Details">What the caller needs to act; its form depends on the code.</param>
public sealed record RefusalAnswer(string Code, string Message, JsonElement? Details);
