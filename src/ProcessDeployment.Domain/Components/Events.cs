using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Components;

/// <summary>What happens to a component, in order of life.</summary>
public abstract record ComponentEvent : DomainEvent
{
    public required Guid ComponentId { get; init; }

    public override string StreamName() => StreamNames.Component(ComponentId);
}

/// <summary>A save made the next revision. It carries the component whole, but for its content, which is kept once per hash.</summary>
[WireName("processdeployment.revision-made.v1")]
public sealed record RevisionMade : ComponentEvent
{
    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int Revision { get; init; }
    public required IReadOnlyList<ComponentReference> References { get; init; }
    public Connector? Connector { get; init; }
    public StartStep? StartStep { get; init; }

    /// <summary>False where only one run of the Process may be under way on an Atom (R40); null where nobody said so.</summary>
    public bool? AllowSimultaneousRuns { get; init; }

    public required IReadOnlyList<ExtensionDeclaration> Extensions { get; init; }

    /// <summary>SHA-256 of the content as lower-case hex; of the empty text when there is none.</summary>
    public required string ContentHash { get; init; }

    public string? SourceRevision { get; init; }
}

/// <summary>Deleted softly; its history and every version that holds it stay.</summary>
[WireName("processdeployment.component-deleted.v1")]
public sealed record ComponentDeleted : ComponentEvent
{
    public required int Revision { get; init; }
}

/// <summary>Brought back with its last revision.</summary>
[WireName("processdeployment.component-restored.v1")]
public sealed record ComponentRestored : ComponentEvent
{
    public required int Revision { get; init; }
}
