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
    /// <exception cref="ComponentFileException">A place of an encrypted value is not understood, or too many are listed.</exception>
    public static bool Apply(XElement component) =>
        Apply(component, EncryptedPlaces.In(component, path =>
            throw new ComponentFileException($"lists an encrypted value at a place that is not understood, so nothing of it is sent: {path}")));

    /// <summary>Masks in place, and everything at a place that is not understood whose name occurs in it: rather too much than too little.</summary>
    /// <exception cref="ComponentFileException">Too many places of encrypted values are listed.</exception>
    public static bool ApplyWidely(XElement component)
    {
        var notUnderstood = new HashSet<string>(StringComparer.Ordinal);
        var listed = EncryptedPlaces.In(component, path => notUnderstood.UnionWith(EncryptedPlaces.NamesIn(path)));
        if (notUnderstood.Count > 0) listed.UnionWith(EncryptedPlaces.Named(component, notUnderstood));
        return Apply(component, listed);
    }

    /// <summary>One pass, so that its cost is that of the text, however places lie in each other. The depth was judged when it was read.</summary>
    /// <param name="element">Where the pass is.</param>
    /// <param name="listed">Attributes and elements to mask whatever they are called.</param>
    /// <param name="within">It lies in an element that holds a secret.</param>
    private static bool Apply(XElement element, HashSet<XObject> listed, bool within = false)
    {
        var holds = listed.Contains(element) || IsMarked(element) || (SecretNames.Contains(element.Name.LocalName) && !element.HasElements);
        within |= holds;
        var masked = false;
        // All are found before the first is masked: what is secret may hang on another attribute.
        foreach (var attribute in Secrets(element, listed, within).ToList()) masked |= Mask(attribute);
        if (holds || (within && !element.HasElements && element.Name.LocalName is "defaultValue" or "value")) masked |= MaskText(element);
        foreach (var child in element.Elements()) masked |= Apply(child, listed, within);
        return masked;
    }

    private static bool IsMarked(XElement element) =>
        (string?)element.Attribute("encrypted") == "true"
        || (string?)element.Attribute("usesEncryption") == "true"
        || (string?)element.Attribute("encryptedValueSet") == "true"
        || (string?)element.Attribute("type") == "password"
        || element.Elements().Any(child => child.Name.LocalName == "type" && TextOf(child) is "password" or "encrypted");

    /// <summary>A marked element keeps its secret as an attribute of its own, or as one of a child that holds the default.</summary>
    private static IEnumerable<XAttribute> Secrets(XElement element, HashSet<XObject> listed, bool within)
    {
        if (!element.HasAttributes) return [];
        var keyed = SecretNames.Contains((string?)element.Attribute("key") ?? (string?)element.Attribute("id") ?? "") && !IsReference(element);
        return element.Attributes().Where(attribute => IsText(attribute) && (listed.Contains(attribute) || attribute.Name.LocalName switch
        {
            "value" => within || keyed,
            "defaultValue" or "staticproperty" when within => true,
            var name => SecretNames.Contains(name) && !bool.TryParse(attribute.Value, out _),
        }));
    }

    /// <summary>Not what XML itself gives a meaning: with another value it could not be written.</summary>
    private static bool IsText(XAttribute attribute) => !attribute.IsNamespaceDeclaration && attribute.Name != XNamespace.Xml + "space";

    private static bool IsReference(XElement element) => element.Attribute("type") is { } type && ReferenceTable.FieldTypes.Contains(type.Value);

    /// <summary>Without that of its children, which would be read again for each element above them.</summary>
    private static string TextOf(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value));

    private static bool Mask(XAttribute attribute)
    {
        if (attribute.Value is "" or Text) return false;
        attribute.Value = Text;
        return true;
    }

    private static bool MaskText(XElement element)
    {
        if (!element.HasElements)
        {
            if (element.Value is "" or Text) return false;
            element.Value = Text;
            return true;
        }

        var secrets = element.Nodes().OfType<XText>().Where(text => !string.IsNullOrWhiteSpace(text.Value) && text.Value != Text).ToList();
        foreach (var text in secrets) text.Value = Text;
        return secrets.Count > 0;
    }
}
