using System.Text;
using System.Xml;
using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.AtomSphere.Wire;

/// <summary>Objects as XML in the namespace of the platform.</summary>
internal static class XmlForm
{
    public const string Prefix = "bns";

    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string Namespace = ComponentReader.Platform.NamespaceName;

    /// <summary>Reads the root of a body; anything that is fetched, expanded or too deep is refused before.</summary>
    /// <exception cref="ComponentFileException">It is no XML, or not one that is read.</exception>
    public static XElement Parse(ReadOnlyMemory<byte> body) => SafeXml.Load(body);

    public static WireObject Read(XElement xml, WireType type, List<MemberError> errors) => Read(xml, type, "", errors);

    /// <summary>Whether an element is of the platform; if not, says so.</summary>
    public static bool IsOurs(XElement xml, string at, List<MemberError> errors)
    {
        if (xml.Name.Namespace == ComponentReader.Platform) return true;
        errors.Add(new(at, $"must be in the namespace {Namespace}, it is in {(xml.Name.NamespaceName.Length == 0 ? "none" : WireValue.Shown(xml.Name.NamespaceName))}"));
        return false;
    }

    /// <summary>The attributes that say something: no namespaces, no types of a schema.</summary>
    public static IEnumerable<XAttribute> Attributes(XElement xml) => xml.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.NamespaceName != Instance);

    public static void Write(XmlWriter xml, WireObject value)
    {
        Begin(xml, value.Type.Name);
        WriteInside(xml, value);
        xml.WriteEndElement();
    }

    /// <summary>The root of an answer, with what its insides need.</summary>
    public static void Begin(XmlWriter xml, string name)
    {
        xml.WriteStartElement(Prefix, name, Namespace);
        xml.WriteAttributeString("xmlns", "xsi", null, Instance);
    }

    /// <summary>An object under the name of what it is in, which says its type.</summary>
    public static void WriteAs(XmlWriter xml, string name, WireObject value)
    {
        xml.WriteStartElement(Prefix, name, Namespace);
        xml.WriteAttributeString("xsi", "type", Instance, $"{Prefix}:{value.Type.Name}");
        WriteInside(xml, value);
        xml.WriteEndElement();
    }

    public static void WriteText(XmlWriter xml, string name, string text) => xml.WriteElementString(Prefix, name, Namespace, Readable(text));

    private static void WriteInside(XmlWriter xml, WireObject value)
    {
        foreach (var field in value.Type.Fields.Where(field => field.IsAttribute))
        {
            if (value[field.Name] is { } held) xml.WriteAttributeString(field.Name, Readable(WireValue.Write(held)));
        }

        foreach (var field in value.Type.Fields.Where(field => !field.IsAttribute))
        {
            foreach (var held in value[field.Name] switch { null => [], IReadOnlyList<object> list => list, var single => [single] })
            {
                xml.WriteStartElement(Prefix, field.Name, Namespace);
                if (held is WireObject nested) WriteInside(xml, nested);
                else xml.WriteString(Readable(WireValue.Write(held)));
                xml.WriteEndElement();
            }
        }
    }

    /// <summary>Without what XML has no place for, however it is written: most control characters, and halves of characters.</summary>
    public static string Readable(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) kept.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) kept.Append(text[i]).Append(text[++i]);
        }

        return kept.Length == text.Length ? text : kept.ToString();
    }

    private static WireObject Read(XElement xml, WireType type, string path, List<MemberError> errors)
    {
        var read = new WireObject(type);
        foreach (var attribute in Attributes(xml))
        {
            if (errors.Count >= PlatformException.MostErrors) break;
            var at = $"{path}@{attribute.Name.LocalName}";
            if (attribute.Name.NamespaceName.Length == 0 && type.TryGet(attribute.Name.LocalName, out var field) && field.IsAttribute) read[field.Name] = One(attribute.Value, field, at, errors);
            else errors.Add(JsonForm.Unknown(at, type));
        }

        foreach (var element in xml.Elements())
        {
            if (errors.Count >= PlatformException.MostErrors) break;
            var at = $"{path}{element.Name.LocalName}";
            if (!IsOurs(element, at, errors)) continue;
            if (!type.TryGet(element.Name.LocalName, out var field) || field.IsAttribute) errors.Add(JsonForm.Unknown(at, type));
            else if (!field.IsList && read.Has(field.Name)) errors.Add(new(at, "must be given once"));
            else Take(read, field, field.Kind == WireKind.Object ? Read(element, WireType.Of(field.TypeName!), $"{at}/", errors) : One(element.Value, field, at, errors));
        }

        return read;
    }

    private static void Take(WireObject read, WireField field, object? value)
    {
        if (!field.IsList) read[field.Name] = value;
        else if (value is not null && read[field.Name] is List<object> list) list.Add(value);
        else if (value is not null) read[field.Name] = new List<object> { value };
    }

    private static object? One(string text, WireField field, string at, List<MemberError> errors)
    {
        var value = WireValue.Read(field, text, out var rule);
        if (rule is not null) errors.Add(new(at, rule));
        return value;
    }
}
