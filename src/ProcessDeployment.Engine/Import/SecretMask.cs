using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// Replaces secrets in a component before it leaves this place: what the export lists as encrypted, what is marked as
/// encrypted, and what is called a password whether marked or not. A mask is always the same text, so that a secret that
/// is encrypted anew at each export does not look like a change.
/// </summary>
internal static class SecretMask
{
    public const string Text = "***";

    /// <summary>Masks in place and says whether anything was masked.</summary>
    /// <exception cref="ComponentFileException">A place of an encrypted value is not understood.</exception>
    public static bool Apply(XElement component) => Apply(component, notUnderstood: path =>
        throw new ComponentFileException($"lists an encrypted value at a place that is not understood, so nothing of it is sent: {path}"));

    /// <summary>Masks in place, and everything at a place that is not understood whose name occurs in it: rather too much than too little.</summary>
    public static bool ApplyWidely(XElement component) => Apply(component, notUnderstood: path => Named(component, path));

    private static bool Apply(XElement component, Func<string, IEnumerable<XObject>> notUnderstood)
    {
        var masked = false;
        foreach (var place in Listed(component, notUnderstood).Concat(Marked(component)).ToList()) masked |= Mask(place);
        return masked;
    }

    private static IEnumerable<XObject> Listed(XElement component, Func<string, IEnumerable<XObject>> notUnderstood) =>
        component.Descendants()
            .Where(element => element.Name.LocalName == "encryptedValue")
            .Select(element => (string?)element.Attribute("path") ?? "")
            .SelectMany(path => EncryptedPath.Parse(path)?.Select(component) ?? notUnderstood(path));

    private static IEnumerable<XObject> Named(XElement component, string path)
    {
        var names = path.Split(path.Where(c => !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.')).Distinct().ToArray()).ToHashSet(StringComparer.Ordinal);
        return component.Descendants()
            .Where(element => element.Name.LocalName != "encryptedValue")
            .SelectMany(element => names.Contains(element.Name.LocalName)
                ? element.Attributes().Append<XObject>(element)
                : element.Attributes().Where(attribute => names.Contains(attribute.Name.LocalName)));
    }

    private static IEnumerable<XObject> Marked(XElement component)
    {
        foreach (var element in component.Descendants())
        {
            if (IsMarked(element)) yield return element;
            if (SecretNames.Contains(element.Name.LocalName) && !element.HasElements) yield return element;
            foreach (var attribute in element.Attributes().Where(attribute => HoldsSecret(element, attribute))) yield return attribute;
        }
    }

    private static bool IsMarked(XElement element) =>
        (string?)element.Attribute("encrypted") == "true"
        || (string?)element.Attribute("usesEncryption") == "true"
        || (string?)element.Attribute("encryptedValueSet") == "true"
        || (string?)element.Attribute("type") == "password"
        || element.Elements().Any(child => child.Name.LocalName == "type" && child.Value is "password" or "encrypted");

    private static bool HoldsSecret(XElement element, XAttribute attribute) =>
        attribute.Name.LocalName == "value"
            ? SecretNames.Contains((string?)element.Attribute("key") ?? (string?)element.Attribute("id") ?? "") && !IsReference(element)
            : SecretNames.Contains(attribute.Name.LocalName) && !bool.TryParse(attribute.Value, out _);

    private static bool IsReference(XElement element) => element.Attribute("type") is { } type && ReferenceTable.FieldTypes.Contains(type.Value);

    private static bool Mask(XObject place) => place switch
    {
        XAttribute attribute => Mask(attribute),
        XElement element => MaskElement(element),
        _ => false,
    };

    private static bool Mask(XAttribute attribute)
    {
        if (attribute.Value is "" or Text) return false;
        attribute.Value = Text;
        return true;
    }

    /// <summary>A marked element keeps its secret as an attribute, as its text, or as the text of a child that holds the default.</summary>
    private static bool MaskElement(XElement element)
    {
        var masked = false;
        foreach (var attribute in element.DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName is "value" or "defaultValue" or "staticproperty"))
            masked |= Mask(attribute);
        foreach (var holder in element.DescendantsAndSelf().Where(e => !e.HasElements && (e == element || e.Name.LocalName is "defaultValue" or "value")))
        {
            if (holder.Value is "" or Text) continue;
            holder.Value = Text;
            masked = true;
        }

        return masked;
    }
}
