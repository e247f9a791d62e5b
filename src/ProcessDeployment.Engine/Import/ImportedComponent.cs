using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>What a component file says, without its content: a folder may hold thousands of files.</summary>
public sealed record ImportedComponent
{
    /// <summary>Path below the imported folder, with <c>/</c>.</summary>
    public required string File { get; init; }

    public required Guid ComponentId { get; init; }

    /// <summary>The file names no id: the id was made from folder and name.</summary>
    public bool IdIsDerived { get; init; }

    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }

    /// <summary>The revision in the platform it came from.</summary>
    public string? SourceRevision { get; init; }

    public string? Author { get; init; }
    public string? SavedAt { get; init; }

    /// <summary>The export says that it was deleted there.</summary>
    public bool Deleted { get; init; }

    public required IReadOnlyList<FoundReference> References { get; init; }
    public Connector? Connector { get; init; }
    public StartStep? StartStep { get; init; }

    /// <summary>Whether a Process may run twice at a time on an Atom; null where the file does not say it.</summary>
    public bool? AllowSimultaneousRuns { get; init; }

    public required IReadOnlyList<ExtensionDeclaration> Extensions { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>What the reader had to guess or leave out.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }
}

/// <summary>A reference and where it stands, for messages: <c>connectoraction/@connectionId</c>.</summary>
public sealed record FoundReference(Guid ComponentId, ReferenceKind Kind, string FoundAt);

/// <summary>A component with the text that is stored for it.</summary>
public sealed record ComponentWithContent(ImportedComponent Component, string Content);
