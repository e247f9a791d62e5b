using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>A message that could not be brought to the domain.</summary>
/// <param name="Id">Its place in the list: a number, or the id of Wolverine's own dead letter.</param>
/// <param name="Channel">Where it came in; <see cref="DeadLetterStore.Wolverine"/> for messages inside the engine.</param>
/// <param name="AccountId">The account it names, where that could be read.</param>
/// <param name="CommandId">The id it names, where that could be read.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="Status">What was wrong: <c>malformed</c>, <c>unknown-account</c>, <c>account-elsewhere</c> or <c>failed</c>.</param>
/// <param name="Reason">All of it in a sentence.</param>
/// <param name="Errors">Each wrong member of a malformed message.</param>
/// <param name="Body">The beginning of its text, U+0000 written as an escape.</param>
/// <param name="Size">Bytes of the whole message.</param>
/// <param name="Truncated">It was too large to be kept whole, or held what may be secret, and cannot be replayed.</param>
public sealed record DeadLetter(
    string Id, string Channel, string? AccountId, Guid? CommandId, DateTimeOffset ReceivedAt,
    string Status, string Reason, IReadOnlyList<MemberError> Errors, string Body, long Size, bool Truncated);

/// <summary>A page of dead letters, newest first.</summary>
/// <param name="Items">The letters.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Items, string? Next);

/// <summary>Why a message is buried.</summary>
/// <param name="Status">One of the words of <see cref="DeadLetter.Status"/>.</param>
/// <param name="Reason">All of it in a sentence.</param>
/// <param name="Errors">Each wrong member.</param>
public sealed record BurialReason(string Status, string Reason, IReadOnlyList<MemberError> Errors)
{
    public static BurialReason Malformed(IReadOnlyList<MemberError> errors)
    {
        var storable = errors.Select(error => new MemberError(MessageText.Storable(error.Member), MessageText.Storable(error.Rule))).ToArray();
        return new("malformed", string.Join("; ", storable.AsEnumerable()), storable);
    }

    public static BurialReason UnknownAccount(Outcome outcome) => new(RefusalCodes.UnknownAccount, outcome.Refusal!.Message, []);

    /// <summary>Its account is in another home, and nothing leads there from here.</summary>
    public static BurialReason Elsewhere(string accountId, string home) => new("account-elsewhere", $"The account {accountId} is in the home {home}: send it there.", []);

    /// <summary>The queues of the home it belongs to are not on this broker.</summary>
    public static BurialReason NoQueues(string home) => new("account-elsewhere", $"It belongs to the home {home}, whose queues are not on this broker: start an engine of that home, then send it again.", []);

    /// <summary>Each home says that another has its account.</summary>
    public static BurialReason InCircles(string accountId) => new("account-elsewhere", $"The account {accountId} is found in no home: each of them says it is in another.", []);

    /// <summary>The engine failed it, though its form is right: somebody must look.</summary>
    public static BurialReason Failed(Exception exception) => new("failed", MessageText.Storable($"The engine could not judge it: {exception.Message}"), []);

    /// <summary>The same words as the parser has for what it is given: here the text is not even fetched.</summary>
    public static BurialReason TooLarge(long size) => Malformed([new("body", $"must have at most {Limits.MessageBytes} bytes, it has {size}")]);
}
