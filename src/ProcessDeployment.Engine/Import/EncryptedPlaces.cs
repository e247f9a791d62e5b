using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>Where a component says that its encrypted values are. Each place counts once, however often it is listed.</summary>
internal static class EncryptedPlaces
{
    private const string Entry = "encryptedValue";

    /// <summary>The attributes and elements that are listed.</summary>
    /// <param name="component">The component.</param>
    /// <param name="notUnderstood">Is told of each path that is not understood.</param>
    /// <exception cref="ComponentFileException">So many are listed that looking for them would keep others waiting.</exception>
    public static HashSet<XObject> In(XElement component, Action<string> notUnderstood)
    {
        var (places, work) = (new HashSet<XObject>(), new MaskingWork());
        foreach (var path in component.Descendants().Where(element => element.Name.LocalName == Entry).Select(element => (string?)element.Attribute("path") ?? "").Distinct(StringComparer.Ordinal))
        {
            if (EncryptedPath.Parse(path) is { } parsed) places.UnionWith(parsed.Select(component, work));
            else notUnderstood(path);
        }

        return places;
    }

    /// <summary>What could be a name in a path.</summary>
    public static string[] NamesIn(string path) =>
        path.Split(path.Where(c => !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.')).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Everything with one of these names.</summary>
    public static IEnumerable<XObject> Named(XElement component, HashSet<string> names) =>
        component.Descendants()
            .Where(element => element.Name.LocalName != Entry)
            .SelectMany(element => names.Contains(element.Name.LocalName)
                ? element.Attributes().Append<XObject>(element)
                : element.Attributes().Where(attribute => names.Contains(attribute.Name.LocalName)));
}
