using System.Text.Json;

namespace ProcessDeployment.Client;

/// <summary>Which changes to list; an id is given once, by what it is the id of.</summary>
/// <param name="From">Not before this time.</param>
/// <param name="To">Before this time.</param>
/// <param name="Process">Only of this Process.</param>
/// <param name="Component">Only of this component; of a Process too.</param>
/// <param name="Atom">Only what concerns this Atom.</param>
/// <param name="Actor">Only by this person or system, exactly.</param>
/// <param name="Type">Only this event or command, by its name without prefix and suffix.</param>
/// <param name="Text">A part of name, summary or reason, without case.</param>
public sealed record AuditFilter(
    DateTimeOffset? From = null, DateTimeOffset? To = null, Guid? Process = null, Guid? Component = null, Guid? Atom = null, string? Actor = null, string? Type = null, string? Text = null)
{
    public bool IsNone => this == new AuditFilter();
}

/// <summary>Something that happened or was attempted: who, what, when and why, by the names of its time.</summary>
public record AuditEntry
{
    /// <summary>That of the event; of an attempt that left none, that of the event before it.</summary>
    public required long Position { get; init; }

    public required DateTimeOffset Time { get; init; }
    public required string Actor { get; init; }

    /// <summary>The event; the command, where one was refused that left no event.</summary>
    public required string Type { get; init; }

    /// <summary><c>accepted</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>What it happened to.</summary>
    public string? Name { get; init; }

    public required string Summary { get; init; }
    public string? Reason { get; init; }
    public Guid? CommandId { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
    public string? Channel { get; init; }
    public string? Source { get; init; }
    public string? Stream { get; init; }
    public Guid? ComponentId { get; init; }

    /// <summary>Set where a command was refused that left no event.</summary>
    public string? RefusalCode { get; init; }

    public bool IsRefused => Outcome == "refused";

    /// <summary>A refused command that left no event, and so has no position of its own.</summary>
    public bool IsAttempt => RefusalCode is not null;
}

/// <summary>A change with all that its event says.</summary>
public sealed record AuditedChange : AuditEntry
{
    /// <summary>The event as it is published; null where it cannot be read.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Set where the event could not be read and was marked as skipped: by whom, when and why, and the event as it is stored.</summary>
    public JsonElement? Skipped { get; init; }

    /// <summary>How far the account was when it was asked, at the moment that is looked at.</summary>
    public long ShownPosition { get; init; }
}

/// <summary>What differs between two moments of the account.</summary>
public sealed record MomentsDiff(long FromPosition, long ToPosition, IReadOnlyList<MomentDifference> Items, string? Next, long Position);

/// <summary>Something that is another than before.</summary>
/// <param name="Kind"><c>atom</c>, <c>component</c>, <c>licences</c> or <c>process</c>.</param>
/// <param name="Id">Its id; a pool of licences as <c>standard/PROD</c>, and <c>enforcement</c>.</param>
/// <param name="Name">Its name at the later moment, or what it was called last.</param>
/// <param name="Before">As it was; null where it was not there.</param>
/// <param name="After">As it became; null where it is gone.</param>
/// <param name="Differs">The members that differ; all of them where it is new or gone.</param>
public sealed record MomentDifference(string Kind, string Id, string? Name, JsonElement? Before, JsonElement? After, IReadOnlyList<string> Differs);

/// <summary>How far an export is.</summary>
/// <param name="ExportId">The same for the same closed period.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Written">Events written.</param>
/// <param name="Total">Events to write; 0 where it was written before.</param>
/// <param name="Bundle">Where to download it.</param>
/// <param name="First">First position of the period; known when it is begun.</param>
/// <param name="Last">Last position of the period; one less than the first when nothing happened in it.</param>
/// <param name="Closed">The period is over and sealed, so the export will always be the same.</param>
/// <param name="Failure">Why it failed.</param>
public sealed record ExportState(string ExportId, string State, long Written, long Total, string Bundle, long? First, long? Last, bool? Closed, string? Failure)
{
    public bool IsDone => State == "done";

    public bool IsRunning => State == "running";
}

/// <summary>A component by its name.</summary>
public sealed record ComponentName(Guid ComponentId, string ComponentType, string Name);
