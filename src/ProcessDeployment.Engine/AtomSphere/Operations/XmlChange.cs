using System.Globalization;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>One difference between two trees of XML.</summary>
/// <param name="Kind"><c>addition</c>, <c>deletion</c> or <c>modification</c>.</param>
/// <param name="Of"><c>element</c>, <c>attribute</c> or <c>text</c>.</param>
/// <param name="Name">The name of what changed.</param>
/// <param name="Path">Where it stands: in the later tree, or in the earlier where it is there no more.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it is.</param>
internal sealed record XmlChange(string Kind, string Of, string Name, string Path, string? Before, string? After)
{
    /// <summary>By which elements of a list are told apart, whatever their order.</summary>
    private static readonly string[] Keys = ["id", "name", "key", "componentId"];

    public static IEnumerable<XmlChange> Between(XElement before, XElement after) => Between(before, after, $"/{after.Name.LocalName}[1]");

    private static IEnumerable<XmlChange> Between(XElement before, XElement after, string path)
    {
        foreach (var name in before.Attributes().Concat(after.Attributes()).Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name).Distinct())
        {
            var (one, other) = ((string?)before.Attribute(name), (string?)after.Attribute(name));
            if (one != other) yield return Changed("attribute", name.LocalName, $"{path}/@{name.LocalName}", one, other);
        }

        if (!before.HasElements && !after.HasElements && before.Value != after.Value) yield return Changed("text", after.Name.LocalName, path, before.Value, after.Value);
        var former = Keyed(before);
        var latter = Keyed(after);
        foreach (var (key, element) in latter)
        {
            var at = $"{path}/{element.Name.LocalName}[{Place(element)}]";
            if (!former.TryGetValue(key, out var same)) yield return new("addition", "element", element.Name.LocalName, at, null, element.ToString(SaveOptions.DisableFormatting));
            else foreach (var inside in Between(same, element, at)) yield return inside;
        }

        foreach (var (key, element) in former.Where(element => !latter.ContainsKey(element.Key)))
            yield return new("deletion", "element", element.Name.LocalName, $"{path}/{element.Name.LocalName}[{Place(element)}]", element.ToString(SaveOptions.DisableFormatting), null);
    }

    private static XmlChange Changed(string of, string name, string path, string? before, string? after) => new(before is null ? "addition" : after is null ? "deletion" : "modification", of, name, path, before, after);

    private static Dictionary<(XName Name, string Key), XElement> Keyed(XElement parent)
    {
        var found = new Dictionary<(XName, string), XElement>();
        var counts = new Dictionary<XName, int>();
        foreach (var element in parent.Elements())
        {
            var key = Keys.Select(name => (string?)element.Attribute(name)).FirstOrDefault(value => value is not null);
            var count = counts[element.Name] = counts.GetValueOrDefault(element.Name) + 1;
            if (key is null || !found.TryAdd((element.Name, $"={key}"), element)) found.TryAdd((element.Name, string.Create(CultureInfo.InvariantCulture, $"#{count}")), element);
        }

        return found;
    }

    private static int Place(XElement element) => 1 + element.ElementsBeforeSelf(element.Name).Count();
}
