using System.Text;
using System.Xml;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Lays XML out in lines, so that a person sees what changed in a file that was written as one.</summary>
internal static class ReadableXml
{
    /// <summary>Deeper ones would grow with the square of their depth.</summary>
    private const int MostDepth = 100;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = true,
    };

    private static readonly XmlWriterSettings Laid = new() { Indent = true, IndentChars = "  ", NewLineChars = "\n", OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Auto };

    /// <summary>Null for what is no XML.</summary>
    public static string? Of(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal)) return null;
        var laidOut = new StringBuilder(text.Length * 2);
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Safe);
            using var writer = XmlWriter.Create(laidOut, Laid);
            while (reader.Read())
            {
                if (reader.Depth > MostDepth) return null;
                Copy(reader, writer);
            }
        }
        catch (XmlException)
        {
            return null;
        }

        return laidOut.ToString();
    }

    private static void Copy(XmlReader reader, XmlWriter writer)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                writer.WriteAttributes(reader, defattr: false);
                if (reader.IsEmptyElement) writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement:
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.SignificantWhitespace:
                writer.WriteString(reader.Value);
                break;
            case XmlNodeType.CDATA:
                writer.WriteCData(reader.Value);
                break;
            case XmlNodeType.Comment:
                writer.WriteComment(reader.Value);
                break;
            case XmlNodeType.ProcessingInstruction:
                writer.WriteProcessingInstruction(reader.Name, reader.Value);
                break;
        }
    }
}
