using System.Xml.Linq;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>The extensions that a Process declares in its <c>processOverrides</c>: only fields marked overrideable can be set.</summary>
internal static class ExtensionDeclarations
{
    public static List<ExtensionDeclaration> In(XElement? overrides)
    {
        if (overrides is null) return [];
        return [.. Fields(overrides, "ConnectionOverride", "connection")
            .Concat(Fields(overrides, "OperationOverride", "operation"))
            .Concat(Properties(overrides))
            .Concat(ProcessProperties(overrides))
            .Where(declaration => declaration.Key.Length <= Limits.Name)
            .DistinctBy(declaration => declaration.Key)];
    }

    private static IEnumerable<ExtensionDeclaration> Fields(XElement overrides, string element, string prefix) =>
        from owner in Named(overrides, element)
        from field in Named(owner, "field")
        where (string?)field.Attribute("overrideable") == "true"
        let id = (string?)field.Attribute("id")
        where !string.IsNullOrEmpty(id)
        select new ExtensionDeclaration($"{prefix}/{(string?)owner.Attribute("id")}/{id}", Label((string?)field.Attribute("label"), id), SecretNames.Contains(id));

    private static IEnumerable<ExtensionDeclaration> Properties(XElement overrides) =>
        from property in Named(overrides, "PropertyOverride")
        let name = (string?)property.Attribute("name")
        where !string.IsNullOrEmpty(name)
        select new ExtensionDeclaration($"property/{name}", Label(name, name), SecretNames.Contains(name));

    private static IEnumerable<ExtensionDeclaration> ProcessProperties(XElement overrides) =>
        from component in Named(overrides, "OverrideableDefinedProcessPropertyComponent")
        from value in Named(component, "OverrideableDefinedProcessPropertyValue")
        let key = (string?)value.Attribute("key")
        where !string.IsNullOrEmpty(key)
        select new ExtensionDeclaration(
            $"processproperty/{(string?)component.Attribute("componentId")}/{key}",
            Label((string?)value.Attribute("label") ?? (string?)value.Attribute("name"), key),
            (string?)value.Attribute("encrypted") == "true");

    private static IEnumerable<XElement> Named(XElement parent, string name) => parent.Descendants().Where(element => element.Name.LocalName == name);

    private static string Label(string? label, string otherwise)
    {
        var text = string.IsNullOrWhiteSpace(label) ? otherwise : label;
        return text.Length <= Limits.Name ? text : text[..Limits.Name];
    }
}
