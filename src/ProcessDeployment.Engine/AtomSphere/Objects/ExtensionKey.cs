namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>The keys of extensions as <see cref="Import.ExtensionDeclarations"/> makes them, which values for a single run have too.</summary>
/// <param name="Kind">What is extended.</param>
/// <param name="Owner">The component that it belongs to; null for a property of the Process itself.</param>
/// <param name="Name">What it is called there.</param>
internal sealed record ExtensionKey(string Kind, string? Owner, string Name)
{
    public const string Connection = "connection";
    public const string Operation = "operation";
    public const string Property = "property";
    public const string ProcessProperty = "processproperty";

    public static string OfProperty(string name) => $"{Property}/{name}";

    public static string OfProcessProperty(string componentId, string key) => $"{ProcessProperty}/{componentId}/{key}";

    /// <summary>Null for a key of another form.</summary>
    public static ExtensionKey? Read(string key) => key.Split('/', 3) switch
    {
        [Property, _, ..] => new(Property, null, key[(Property.Length + 1)..]),
        [Connection or Operation or ProcessProperty, var owner, var name] => new(key.Split('/')[0], owner, name),
        _ => null,
    };
}
