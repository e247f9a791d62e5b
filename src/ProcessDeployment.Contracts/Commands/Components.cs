namespace ProcessDeployment.Contracts.Commands;

/// <summary>Saves a component, which makes its next revision. The first save makes revision 1.</summary>
[WireName("processdeployment.save-component.v1")]
public sealed record SaveComponent : ComponentSave;

/// <summary>Saves a component, and says of a Process whether it may run twice at a time.</summary>
[WireName("processdeployment.save-component.v2")]
public sealed record SaveComponentV2 : ComponentSave
{
    /// <summary>For a Process: false where a run is not to begin on an Atom while another of it is under way there. It may when this is left out.</summary>
    public bool? AllowSimultaneousRuns { get; init; }
}

/// <summary>What every form of a save says: the component whole.</summary>
public abstract record ComponentSave : Command
{
    /// <summary>Id of the component; for a Process it is the Process id.</summary>
    public required Guid ComponentId { get; init; }

    /// <summary>What it is: <c>process</c>, <c>connector-settings</c>, <c>transform.map</c>, …; fixed at the first save.</summary>
    public required string ComponentType { get; init; }

    /// <summary>Name that people see, 1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Folder path, parts separated by <c>/</c>.</summary>
    public string? Folder { get; init; }

    /// <summary>What it refers to. References to components that are not saved yet are allowed.</summary>
    public IReadOnlyList<ComponentReference>? References { get; init; }

    /// <summary>Set for a connection: its connector, which decides the licence pool.</summary>
    public Connector? Connector { get; init; }

    /// <summary>Set for a Process: how it starts.</summary>
    public StartStep? StartStep { get; init; }

    /// <summary>Holes to fill per Atom.</summary>
    public IReadOnlyList<ExtensionDeclaration>? Extensions { get; init; }

    /// <summary>The component itself as UTF-8 text, at most 4 MB.</summary>
    public string? Content { get; init; }

    /// <summary>The revision in the system it came from, kept as it is.</summary>
    public string? SourceRevision { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() =>
        Shape.ComponentType("componentType", ComponentType)
            .Concat(Shape.Text("name", Name, Limits.Name, required: true))
            .Concat(Shape.Text("folder", Folder, Limits.Folder))
            .Concat(Shape.Text("sourceRevision", SourceRevision, Limits.Folder))
            .Concat(Shape.Content("content", Content))
            .Concat(References is { Count: > Limits.Ids } ? [new("references", $"must have at most {Limits.Ids} references, it has {References.Count}")] : [])
            .Concat(Connector is null ? [] : Shape.Text("connector.type", Connector.Type, Limits.Name, required: true))
            .Concat(ExtensionErrors());

    private IEnumerable<MemberError> ExtensionErrors()
    {
        if (Extensions is null) yield break;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Extensions.Count; i++)
        {
            foreach (var error in Shape.Text($"extensions[{i}].key", Extensions[i].Key, Limits.Name, required: true)) yield return error;
            foreach (var error in Shape.Text($"extensions[{i}].label", Extensions[i].Label, Limits.Name)) yield return error;
            if (!keys.Add(Extensions[i].Key)) yield return new($"extensions[{i}].key", "is declared twice");
        }
    }
}

/// <summary>Deletes a component, softly: it can be restored. A Process that is deployed on an Atom cannot be deleted.</summary>
[WireName("processdeployment.delete-component.v1")]
public sealed record DeleteComponent : Command
{
    /// <summary>Id of the component.</summary>
    public required Guid ComponentId { get; init; }
}

/// <summary>Brings a deleted component back with its last revision.</summary>
[WireName("processdeployment.restore-component.v1")]
public sealed record RestoreComponent : Command
{
    /// <summary>Id of the component.</summary>
    public required Guid ComponentId { get; init; }
}
