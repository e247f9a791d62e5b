using System.Xml.Linq;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// Finds what a component refers to. Only its own definition is read: the overrides of a Process repeat connections of
/// its children and keep stale ones, which must neither be deployed nor use a licence.
/// </summary>
internal static class References
{
    /// <summary>The references, each component and kind once, and the attributes with an id that the table does not know.</summary>
    public static (List<FoundReference> Found, List<FoundReference> Unknown) In(XElement definition)
    {
        var found = new Dictionary<(Guid, ReferenceKind), FoundReference>();
        var unknown = new Dictionary<Guid, FoundReference>();
        foreach (var attribute in definition.DescendantsAndSelf().Attributes())
        {
            if (Id(attribute.Value) is not { } id) continue;
            var element = attribute.Parent!.Name.LocalName;
            var name = attribute.Name.LocalName;
            if (Kind(attribute, element, name) is { } kind)
                found.TryAdd((id, kind), new(id, kind, $"{element}/@{name}"));
            else if (!ReferenceTable.OtherIds.Contains(name))
                unknown.TryAdd(id, new(id, ReferenceKind.Dependent, $"{element}/@{name}"));
        }

        foreach (var (id, _) in found.Keys) unknown.Remove(id);
        return ([.. found.Values], [.. unknown.Values]);
    }

    private static ReferenceKind? Kind(XAttribute attribute, string element, string name) =>
        element == "field" && name == "value"
            ? attribute.Parent!.Attribute("type") is { } type && ReferenceTable.FieldTypes.Contains(type.Value) ? ReferenceKind.Dependent : null
            : ReferenceTable.Kind(element, name);

    /// <summary>An id, also behind a prefix such as <c>resource::rout:</c>; the nil UUID is an empty field.</summary>
    private static Guid? Id(string value)
    {
        if (value.Length < 36) return null;
        var text = value.StartsWith("resource::", StringComparison.Ordinal) ? value[(value.LastIndexOf(':') + 1)..] : value;
        return Guid.TryParseExact(text.Trim(), "D", out var id) && id != Guid.Empty ? id : null;
    }
}
