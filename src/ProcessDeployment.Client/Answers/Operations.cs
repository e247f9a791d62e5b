namespace ProcessDeployment.Client;

/// <summary>How the engine is, part by part.</summary>
/// <param name="Status"><c>ready</c>, <c>not-ready</c>, <c>starting</c> or <c>stopping</c>.</param>
/// <param name="Parts">Its parts.</param>
public sealed record Health(string Status, IReadOnlyList<HealthPart> Parts);

/// <summary>A part of the engine; <paramref name="Degraded"/> where it does its work, but not for all.</summary>
public sealed record HealthPart(string Name, bool Healthy, string? Detail, IReadOnlyDictionary<string, double>? Figures, bool? Degraded);

/// <summary>How the engine's work stands.</summary>
public sealed record EngineWork
{
    /// <summary>Age of the oldest event that no read model shows yet.</summary>
    public required double LagSeconds { get; init; }

    public required long EventsBehind { get; init; }

    /// <summary>Age of the oldest event that no checkpoint covers yet.</summary>
    public required double SealLagSeconds { get; init; }

    public required long IntakeWaiting { get; init; }
    public required double IntakeOldestSeconds { get; init; }
    public required long DeadLetters { get; init; }
    public required long DeadMessages { get; init; }
    public required int HaltedAccounts { get; init; }

    /// <summary>What a rebuild can be asked for.</summary>
    public required IReadOnlyList<ReadModelItem> ReadModels { get; init; }

    /// <summary>Those furthest behind first.</summary>
    public required IReadOnlyList<AccountProgress> Accounts { get; init; }
}

/// <summary>A read model; where it is not <paramref name="Rebuilt"/> it can only be proved.</summary>
public sealed record ReadModelItem(string Name, IReadOnlyList<string> Tables, bool Rebuilt);

/// <summary>How far read models and ledger of an account are; all its read models are as far as each other.</summary>
public sealed record AccountProgress(string AccountId, long Position, long Shown, double? LagSeconds, long Sealed, double? SealLagSeconds, string? Halted)
{
    public long Behind => Position - Shown;
}

/// <summary>A message that could not be brought to the domain.</summary>
/// <param name="Id">Its place in the list.</param>
/// <param name="Channel">Where it came in.</param>
/// <param name="AccountId">The account it names, where that could be read.</param>
/// <param name="CommandId">The id it names, where that could be read.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="Status">What was wrong: <c>malformed</c>, <c>unknown-account</c> or <c>failed</c>.</param>
/// <param name="Reason">All of it in a sentence.</param>
/// <param name="Body">The beginning of its text.</param>
/// <param name="Size">Bytes of the whole message.</param>
/// <param name="Truncated">Not all of it was kept, so that it cannot be sent again.</param>
public sealed record DeadLetter(
    string Id, string Channel, string? AccountId, Guid? CommandId, DateTimeOffset ReceivedAt, string Status, string Reason, string Body, long Size, bool Truncated)
{
    /// <summary>One of the messages inside the engine, which are nobody's to send again.</summary>
    public bool IsInternal => Channel == "wolverine";
}

/// <summary>A letter that is on its way again.</summary>
public sealed record LetterReplayed(Guid? CommandId);

/// <summary>An account whose read models stand still before an event that cannot be read.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Position">Of the first event that they lack.</param>
/// <param name="Stream">Where it stands.</param>
/// <param name="Type">What it is stored as.</param>
/// <param name="Problem">Why it could not be read; null while what was left out is being caught up.</param>
/// <param name="Since">Since when.</param>
/// <param name="Raw">The event as it is stored.</param>
public sealed record HaltedAccount(string AccountId, long Position, string? Stream, string? Type, string? Problem, DateTimeOffset Since, string? Raw);

/// <summary>An event that was marked as skipped, and the position of the event that says so.</summary>
public sealed record SkippedEvent(string AccountId, long Position, long NotedAt);

/// <summary>A webhook, and how far it is with what it has to send.</summary>
public sealed record WebhookItem(
    Guid WebhookId, string Url, IReadOnlyList<string> EventTypes, bool Enabled, long? Pending, long? Dead, long? Delivered, WebhookDelivery? LastDelivery, WebhookFailure? LastFailure);

public sealed record WebhookDelivery(long Position, DateTimeOffset At);

public sealed record WebhookFailure(long Position, int Attempts, DateTimeOffset At, string Problem);

/// <summary>How many deliveries are sent again.</summary>
public sealed record WebhookReplay(int Replayed);
