using System.Collections.Frozen;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>All that there is of the platform API.</summary>
internal sealed class PlatformObjects(IEnumerable<PlatformObject> objects, IEnumerable<PlatformOperation> operations)
{
    private readonly FrozenDictionary<string, PlatformObject> _objects = objects.ToFrozenDictionary(about => about.Name, StringComparer.Ordinal);
    private readonly FrozenDictionary<string, PlatformOperation> _operations = operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    public IEnumerable<PlatformObject> All => _objects.Values.OrderBy(about => about.Name, StringComparer.Ordinal);

    public IEnumerable<PlatformOperation> Operations => _operations.Values.OrderBy(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>For whoever asked for another.</summary>
    public string Names => string.Join(", ", _objects.Keys.Concat(_operations.Keys).Order(StringComparer.Ordinal));

    public PlatformObject? Object(string name) => _objects.GetValueOrDefault(name);

    public PlatformOperation? Operation(string name) => _operations.GetValueOrDefault(name);
}
