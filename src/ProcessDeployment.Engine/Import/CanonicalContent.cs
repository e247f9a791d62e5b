using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// The text kept of a component: the same for every export of an unchanged component, and readable as a diff line by line.
/// Comments, layout of the file and order of attributes do not count, nor does the envelope that says which save an export
/// shows. Name and folder travel beside the content, so that a mere rename keeps its hash.
/// </summary>
internal static class CanonicalContent
{
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal)
    {
        "componentId", "version", "name", "folderFullPath", "folderName", "folderId", "createdDate", "createdBy", "modifiedDate", "modifiedBy",
        "deleted", "currentVersion", "copiedFromComponentId", "copiedFromComponentVersion", "branchName", "branchId",
    };

    /// <summary>Changes the tree: it is read for the last time here.</summary>
    public static string Of(XElement component)
    {
        // The list of encrypted places says nothing once they are masked.
        component.Elements().Where(element => element.Name.LocalName == "encryptedValues").Remove();
        component.Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.None && Envelope.Contains(attribute.Name.LocalName)).Remove();
        foreach (var element in component.DescendantsAndSelf())
        {
            SortAttributes(element);
            if (element.HasElements) element.Nodes().OfType<XText>().Where(text => string.IsNullOrWhiteSpace(text.Value)).Remove();
            else if (element.Value.Length == 0) element.RemoveNodes();
        }

        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = "  ", NewLineChars = "\n" }))
            component.Save(writer);
        return text.Append('\n').ToString();
    }

    private static void SortAttributes(XElement element)
    {
        if (element.Attributes().Skip(1).Any())
        {
            element.ReplaceAttributes(element.Attributes()
                .OrderBy(attribute => !attribute.IsNamespaceDeclaration)
                .ThenBy(attribute => attribute.Name.NamespaceName, StringComparer.Ordinal)
                .ThenBy(attribute => attribute.Name.LocalName, StringComparer.Ordinal)
                .ToList());
        }
    }
}
