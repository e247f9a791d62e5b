using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>Which components to list.</summary>
/// <param name="Text">A part of the name, without case.</param>
/// <param name="Type">The component type, exactly.</param>
/// <param name="Folder">The folder, exactly.</param>
public sealed record ComponentFilter(string? Text = null, string? Type = null, string? Folder = null)
{
    public bool IsNone => this == new ComponentFilter();
}

/// <summary>A component in a list.</summary>
public record ComponentItem
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int LatestRevision { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>Who made the latest revision, and when.</summary>
    public required string SavedBy { get; init; }

    public required DateTimeOffset SavedAt { get; init; }
    public required bool Deleted { get; init; }

    /// <summary>What it refers to; null in the list by name.</summary>
    public IReadOnlyList<Reference>? References { get; init; }
}

/// <summary>A component, deleted ones too.</summary>
public sealed record ComponentAnswer : ComponentItem
{
    public ConnectorItem? Connector { get; init; }
    public string? StartStep { get; init; }
    public string? SourceRevision { get; init; }
    public string? DeletedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public IReadOnlyList<ExtensionDeclaration> Extensions { get; init; } = [];

    /// <summary>The first hundred by name of the live components that refer to it.</summary>
    public IReadOnlyList<ReferrerItem> ReferencedBy { get; init; } = [];

    public long ReferencedByCount { get; init; }
    public long Position { get; init; }
}

/// <summary>The connector behind a connection.</summary>
public sealed record ConnectorItem(string Type, ConnectorClass Class);

/// <summary>A component that refers to another.</summary>
public sealed record ReferrerItem(Guid ComponentId, string Name, string ComponentType, ReferenceKind Kind);

/// <summary>A revision, by its name of then.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Name">The name of the component then.</param>
/// <param name="ContentHash">SHA-256 of its content.</param>
/// <param name="SavedBy">Who saved it.</param>
/// <param name="SavedAt">When.</param>
/// <param name="SourceRevision">What it is called where it comes from.</param>
/// <param name="MadeAt">The position of the save.</param>
public sealed record RevisionItem(int Revision, string Name, string ContentHash, string SavedBy, DateTimeOffset SavedAt, string? SourceRevision, long MadeAt);

/// <summary>What differs between two revisions.</summary>
/// <param name="ComponentId">The component.</param>
/// <param name="FromRevision">The one; null where the other is the first.</param>
/// <param name="ToRevision">The other.</param>
public sealed record RevisionDiffAnswer(Guid ComponentId, int? FromRevision, int ToRevision)
{
    /// <summary>The contents are the same.</summary>
    public bool Identical { get; init; }

    /// <summary>What else differs, by the names a save has for it.</summary>
    public IReadOnlyList<string> AlsoChanged { get; init; } = [];

    public string Name { get; init; } = "";

    /// <summary>Its name in the one revision, where that was another.</summary>
    public string? FromName { get; init; }

    /// <summary>The difference of the contents as a unified diff.</summary>
    public string? Diff { get; init; }

    /// <summary>Why there is no diff although the contents differ.</summary>
    public string? DiffLeftOut { get; init; }
}
