using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Schema.Tests.Schemas;

/// <summary>Takes the descriptions of schemas from the comments of the records, so that they are written once.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> Members = new[] { typeof(Command).Assembly, typeof(DomainEvent).Assembly }
        .SelectMany(assembly => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml")).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public static string? Of(Type type) => Text(Members.GetValueOrDefault($"T:{type.FullName}")?.Element("summary"));

    public static string? Of(PropertyInfo property) =>
        Text(Members.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}")?.Element("summary"))
        ?? Text(Members.GetValueOrDefault($"T:{property.DeclaringType!.FullName}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == property.Name));

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        foreach (var see in element.Descendants("see").ToList()) see.ReplaceWith(see.Attribute("cref")!.Value.Split('.')[^1]);
        return Blanks().Replace(element.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
