using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Operations;

/// <summary>
/// What was done with the records of an account rather than in it: auditors ask about this too, so it stands in the same
/// history, under the same proof.
/// </summary>
public abstract record OperationEvent : DomainEvent
{
    public override string StreamName() => StreamNames.Operations;
}

/// <summary>The changes of a period were exported.</summary>
[WireName("processdeployment.export-made.v1")]
public sealed record ExportMade : OperationEvent
{
    /// <summary>The same for the same period and the same history.</summary>
    public required string ExportId { get; init; }

    /// <summary>First position of the period.</summary>
    public required long FirstPosition { get; init; }

    /// <summary>Last position of the period; one less than the first when nothing happened in it.</summary>
    public required long LastPosition { get; init; }

    /// <summary>The checkpoint it is pinned to.</summary>
    public required long Checkpoint { get; init; }
}

/// <summary>An export was handed out again, or a part of it.</summary>
[WireName("processdeployment.export-read.v1")]
public sealed record ExportRead : OperationEvent
{
    public required string ExportId { get; init; }
}

/// <summary>Read models began to be built anew, or to be compared with the history.</summary>
[WireName("processdeployment.rebuild-started.v1")]
public sealed record RebuildStarted : OperationEvent
{
    public required Guid JobId { get; init; }

    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Compared only: nothing was to be written.</summary>
    public bool VerifyOnly { get; init; }
}

/// <summary>A rebuild or a comparison ended.</summary>
[WireName("processdeployment.rebuild-ended.v1")]
public sealed record RebuildEnded : OperationEvent
{
    public required Guid JobId { get; init; }

    /// <summary><c>completed</c>, <c>differs</c>, <c>cancelled</c> or <c>failed</c>.</summary>
    public required string Result { get; init; }

    /// <summary>Rows that are not what the history says.</summary>
    public long Differences { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Detail { get; init; }
}

/// <summary>The engine was started with other settings than before.</summary>
[WireName("processdeployment.settings-changed.v1")]
public sealed record SettingsChanged : OperationEvent
{
    public required IReadOnlyList<SettingChange> Changes { get; init; }
}

/// <summary>An event that cannot be read was marked as skipped: what comes after it is shown as if it had not happened. It stays where it is, sealed.</summary>
[WireName("processdeployment.event-skipped.v1")]
public sealed record EventSkipped : OperationEvent
{
    /// <summary>Of the event that is passed over.</summary>
    public required long EventPosition { get; init; }

    /// <summary>Its stream.</summary>
    public required string EventStream { get; init; }

    /// <summary>The name it is stored under.</summary>
    public required string EventType { get; init; }

    /// <summary>Why the operator answers for it.</summary>
    public required string Reason { get; init; }
}

/// <summary>
/// The account was moved here from another home, with all of its history. The positions before this one were sealed in the ledger
/// there as well; from here on they are sealed in that of this home, from the first one on.
/// </summary>
[WireName("processdeployment.account-moved.v1")]
public sealed record AccountMoved : OperationEvent
{
    /// <summary>The home it was in.</summary>
    public required string FromHome { get; init; }

    /// <summary>The home it is in from now on.</summary>
    public required string ToHome { get; init; }

    /// <summary>The ledger of the former home.</summary>
    public required Guid FromLedger { get; init; }

    /// <summary>The checkpoint of that ledger by which the history was checked when it came.</summary>
    public required long Checkpoint { get; init; }

    /// <summary>How many events came: one less than the position of this one.</summary>
    public required long Size { get; init; }

    /// <summary>The root of the tree over them, in lower-case hexadecimal digits: the same in both ledgers.</summary>
    public required string Root { get; init; }

    /// <summary>1 for the first move of the account, one more with each.</summary>
    public required int Epoch { get; init; }
}

/// <summary>A setting that is another one now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Former">What it was; null when it was not set.</param>
/// <param name="Today">What it is; null when it is not set any more.</param>
public sealed record SettingChange(string Name, string? Former, string? Today);

/// <summary>
/// The owner of the database took personal data out of an event. What was sealed of that event stays sealed; this says, under
/// the same proof, that the event was lawfully altered since, and into what.
/// </summary>
[WireName("processdeployment.personal-data-redacted.v1")]
public sealed record PersonalDataRedacted : OperationEvent
{
    /// <summary>Position of the event that was altered.</summary>
    public required long EventPosition { get; init; }

    /// <summary>The leaf that was sealed of it, in lower-case hexadecimal digits; the same however often it is redacted.</summary>
    public required string LeafHash { get; init; }

    /// <summary>The leaf it would be as it is now.</summary>
    public required string Becomes { get; init; }

    /// <summary>What was replaced: <c>actor</c>, <c>reason</c>, or texts in its data, as paths such as <c>note</c> or <c>manifest.0.name</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
