using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace ProcessDeployment.Engine.AtomSphere.Wire;

/// <summary>A type of the platform API with its fields in their order; the table is <c>wire-types.txt</c>.</summary>
internal sealed class WireType
{
    private static readonly FrozenDictionary<string, WireType> All = Load().ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, WireField> _byName;

    private WireType(string name, IReadOnlyList<WireField> fields)
    {
        (Name, Fields) = (name, fields);
        _byName = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
    }

    public string Name { get; }

    public IReadOnlyList<WireField> Fields { get; }

    public static IEnumerable<WireType> Known => All.Values;

    public static WireType Of(string name) => All[name];

    public bool TryGet(string name, [NotNullWhen(true)] out WireField? field) => _byName.TryGetValue(name, out field);

    public WireField Field(string name) => _byName.GetValueOrDefault(name) ?? throw new InvalidOperationException($"{Name} has no field {name}.");

    private static IEnumerable<WireType> Load()
    {
        using var table = typeof(WireType).Assembly.GetManifestResourceStream("wire-types.txt")!;
        using var lines = new StreamReader(table);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(' ') is not [var name, .. var fields]) continue;
            yield return new(name, [.. fields.Select(WireField.Parse)]);
        }
    }
}
