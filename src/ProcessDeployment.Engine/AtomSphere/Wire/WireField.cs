namespace ProcessDeployment.Engine.AtomSphere.Wire;

/// <summary>One field of a type of the platform API.</summary>
/// <param name="Name">As it is written in JSON and XML.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsAttribute">An attribute in XML, where others are elements.</param>
/// <param name="IsList">Any number of them.</param>
/// <param name="Words">The words it may be; null for any text.</param>
/// <param name="TypeName">Of a nested object: its type.</param>
internal sealed record WireField(string Name, WireKind Kind, bool IsAttribute, bool IsList, IReadOnlyList<string>? Words, string? TypeName)
{
    /// <summary>Reads one from the table of types, such as <c>@type=CLOUD|ATOM</c>, <c>version:int</c> or <c>Schedule:Schedule[]</c>.</summary>
    public static WireField Parse(string text)
    {
        var isAttribute = text.StartsWith('@');
        var isList = text.EndsWith("[]", StringComparison.Ordinal);
        var rest = text[(isAttribute ? 1 : 0)..(isList ? ^2 : ^0)];
        if (rest.Split('=', 2) is [var named, var words]) return new(named, WireKind.Text, isAttribute, isList, words.Split('|'), null);
        if (rest.Split(':', 2) is not [var name, var kind]) return new(rest, WireKind.Text, isAttribute, isList, null, null);
        return kind switch
        {
            "int" => new(name, WireKind.Number, isAttribute, isList, null, null),
            "flag" => new(name, WireKind.Flag, isAttribute, isList, null, null),
            "time" => new(name, WireKind.Time, isAttribute, isList, null, null),
            _ => new(name, WireKind.Object, isAttribute, isList, null, kind),
        };
    }
}

/// <summary>What a field holds.</summary>
internal enum WireKind
{
    Text,
    Number,
    Flag,
    Time,
    Object,
}
