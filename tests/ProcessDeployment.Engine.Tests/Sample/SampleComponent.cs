using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>A component of the sample company that its designers keep changing.</summary>
internal sealed class SampleComponent(string name, string folder, string type)
{
    private static readonly Guid Namespace = new("3f0c8a4e-7a58-4a52-8d3c-5a0f1f4b6c11");

    public static Guid IdOf(string name) => NameBasedId.Of(Namespace, name);

    public Guid Id { get; } = IdOf(name);

    /// <summary>Its first name; the story knows it by this one.</summary>
    public string Key { get; } = name;

    public string Name { get; set; } = name;

    public string Type => type;

    public Connector? Connector { get; init; }

    public StartStep? Start { get; init; }

    /// <summary>Names of what is bundled with it.</summary>
    public string[] Uses { get; init; } = [];

    /// <summary>Names of what it calls without bundling it.</summary>
    public string[] Calls { get; init; } = [];

    /// <summary>What designers change: a line of content each.</summary>
    public List<(string Key, string Value)> Settings { get; init; } = [];

    public int SourceRevision { get; private set; }

    public SaveComponent Save(string? reason = null) => new()
    {
        ComponentId = Id,
        ComponentType = type,
        Name = Name,
        Folder = folder,
        References = Uses.Length + Calls.Length == 0 ? null :
        [
            .. Uses.Select(used => new ComponentReference(IdOf(used), ReferenceKind.Dependent)),
            .. Calls.Select(called => new ComponentReference(IdOf(called), ReferenceKind.Independent)),
        ],
        Connector = Connector,
        StartStep = Start,
        Content = Content(),
        SourceRevision = $"{++SourceRevision}",
        Reason = reason,
    };

    private string Content()
    {
        var text = new StringBuilder($"<bns:Component xmlns:bns=\"http://api.platform.boomi.com/\" type=\"{type}\"{(Connector is null ? "" : $" subType=\"{Connector.Type}\"")}>\n  <bns:object>\n");
        if (Start is { } start) text.Append(start switch { StartStep.Schedule => "    <start><noaction/></start>\n", StartStep.Listener => "    <start><listen/></start>\n", _ => "    <start><passthroughaction/></start>\n" });
        foreach (var used in Uses) text.Append($"    <uses componentId=\"{IdOf(used)}\" name=\"{Escaped(used)}\"/>\n");
        foreach (var called in Calls) text.Append($"    <route processId=\"{IdOf(called)}\" name=\"{Escaped(called)}\"/>\n");
        foreach (var (key, value) in Settings) text.Append($"    <{Element()} key=\"{key}\" value=\"{Escaped(value)}\"/>\n");
        return text.Append("  </bns:object>\n</bns:Component>\n").ToString();
    }

    private string Element() => type switch
    {
        "transform.map" => "mapping",
        _ when type.StartsWith("profile", StringComparison.Ordinal) => "field",
        _ => "setting",
    };

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
