namespace ProcessDeployment.Client;

/// <summary>What differs between two sides of a Process: the number of a version, or <c>latest</c>.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="From">The one side.</param>
/// <param name="To">The other.</param>
/// <param name="Components">The components that differ, by name.</param>
/// <param name="Unchanged">How many are the same on both sides.</param>
/// <param name="Missing">Components that are deleted or were never saved and stand in the way of a deploy.</param>
/// <param name="Position">The position of the account that this shows.</param>
public sealed record DiffAnswer(
    Guid ProcessId, string From, string To, IReadOnlyList<ComponentDiff> Components, int Unchanged, IReadOnlyList<MissingComponent> Missing, long Position);

/// <summary>A component that differs.</summary>
public sealed record ComponentDiff
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }

    /// <summary>Its name on the other side, where that was another.</summary>
    public string? FromName { get; init; }

    /// <summary><c>added</c>, <c>removed</c>, <c>changed</c>, or <c>identical</c>: another revision with the same content.</summary>
    public required string Change { get; init; }

    public int? FromRevision { get; init; }
    public int? ToRevision { get; init; }

    /// <summary>Who saved the revision it came to, and when.</summary>
    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The difference of the contents as a unified diff.</summary>
    public string? Diff { get; init; }

    /// <summary>Why there is no diff although the contents differ.</summary>
    public string? DiffLeftOut { get; init; }

    /// <summary>The contents were laid out in lines before they were compared.</summary>
    public bool? Formatted { get; init; }
}

public sealed record MissingComponent(Guid ComponentId, string? Name);
