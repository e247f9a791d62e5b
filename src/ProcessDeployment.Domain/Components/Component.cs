using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Components;

/// <summary>A component as it is now. A component of type <c>process</c> is the Process, with attachments and versions.</summary>
public sealed record Component
{
    public required Guid ComponentId { get; init; }
    public required string ComponentType { get; init; }
    public required string Name { get; init; }
    public string? Folder { get; init; }
    public required int Revision { get; init; }
    public bool Deleted { get; init; }
    public ImmutableArray<ComponentReference> References { get; init; } = [];
    public Connector? Connector { get; init; }
    public StartStep? StartStep { get; init; }
    public bool? AllowSimultaneousRuns { get; init; }
    public ImmutableArray<ExtensionDeclaration> Extensions { get; init; } = [];
    public required string ContentHash { get; init; }

    /// <summary>Attachments and current version; empty for what is not a Process.</summary>
    public Deployment Deployment { get; init; } = Deployment.None;

    public bool IsProcess() => string.Equals(ComponentType, ComponentTypes.Process, StringComparison.Ordinal);

    /// <summary>What is bundled with it, each once.</summary>
    public IEnumerable<Guid> DependsOn() =>
        References.Where(reference => reference.Kind == ReferenceKind.Dependent).Select(reference => reference.ComponentId).Distinct();

    /// <summary>Never refuses history: an event that does not concern it leaves it as it is.</summary>
    public static Component? Evolve(Component? component, DomainEvent @event) => @event switch
    {
        RevisionMade made => Revised(component, made),
        ComponentDeleted => component is null ? null : component with { Deleted = true },
        ComponentRestored => component is null ? null : component with { Deleted = false },
        ProcessEvent happened => component is null ? null : component with { Deployment = component.Deployment.Evolve(happened) },
        _ => component,
    };

    private static Component Revised(Component? component, RevisionMade made) => new()
    {
        ComponentId = made.ComponentId,
        ComponentType = made.ComponentType,
        Name = made.Name,
        Folder = made.Folder,
        Revision = made.Revision,
        References = [.. made.References],
        Connector = made.Connector,
        StartStep = made.StartStep,
        AllowSimultaneousRuns = made.AllowSimultaneousRuns,
        Extensions = [.. made.Extensions],
        ContentHash = made.ContentHash,
        Deployment = component?.Deployment ?? Deployment.None,
    };
}
