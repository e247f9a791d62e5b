using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Masks what a component export marks as encrypted, before anything is hashed or stored. The export lists such places
/// as paths: <c>&lt;bns:encryptedValue path="//field[@id='password']" isSet="true"/&gt;</c>. Text that is not such an export stays as it is.
/// </summary>
public static class EncryptedValues
{
    private const string Marker = "encryptedValue ";
    private const string Masked = "***";

    public static string? Mask(string? content)
    {
        if (content is null || !content.Contains(Marker, StringComparison.Ordinal)) return content;
        try
        {
            using var reader = XmlReader.Create(new StringReader(content), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            var paths = document.Descendants().Where(element => element.Name.LocalName == "encryptedValue").Select(element => element.Attribute("path")?.Value).OfType<string>().ToList();
            foreach (var path in paths) Mask(document, path);
            return paths.Count == 0 ? content : document.ToString(SaveOptions.DisableFormatting);
        }
        catch (XmlException)
        {
            return content;
        }
    }

    private static void Mask(XDocument document, string path)
    {
        try
        {
            foreach (var found in ((IEnumerable<object>)document.XPathEvaluate(path)).ToList())
            {
                switch (found)
                {
                    case XAttribute attribute: attribute.Value = Masked; break;
                    case XElement element when element.Attribute("value") is { } value: value.Value = Masked; break;
                    case XElement { HasElements: false } element: element.Value = Masked; break;
                }
            }
        }
        catch (Exception e) when (e is XPathException or InvalidCastException)
        {
            // A path nobody can follow names nothing to mask.
        }
    }
}
