namespace ProcessDeployment.Engine.AtomSphere.Wire;

/// <summary>An object of the platform API: values by the names of its type, whatever form it travels in.</summary>
internal sealed class WireObject(WireType type)
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public WireObject(string type)
        : this(WireType.Of(type))
    {
    }

    public WireType Type => type;

    /// <summary>Sets a field; null leaves it out.</summary>
    /// <exception cref="InvalidOperationException">The type has no such field.</exception>
    public object? this[string name]
    {
        get => _values.GetValueOrDefault(type.Field(name).Name);
        set
        {
            var field = type.Field(name);
            if (value is null) _values.Remove(field.Name);
            else _values[field.Name] = value is int number ? (long)number : value;
        }
    }

    public bool Has(string name) => this[name] is not null;

    public string? Text(string name) => this[name] as string;

    public bool? Flag(string name) => this[name] as bool?;

    public long? Number(string name) => this[name] as long?;

    public WireObject? Object(string name) => this[name] as WireObject;

    /// <summary>The objects of a list; none where it is left out.</summary>
    public IEnumerable<WireObject> Objects(string name) => this[name] is IReadOnlyList<object> list ? list.Cast<WireObject>() : [];
}
