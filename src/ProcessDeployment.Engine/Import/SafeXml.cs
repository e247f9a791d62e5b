using System.Xml;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// Reads XML that anyone may have written: no DTD (so no entity of any kind), nothing fetched, bounded in size, depth and
/// namespaces. They are judged in a pass of its own, before a tree is built.
/// </summary>
internal static class SafeXml
{
    public const int MostCharacters = 8 * 1024 * 1024;
    public const int DeepestNesting = 200;

    /// <summary>Writing looks each name up in all that are declared above it, one after another.</summary>
    public const int MostNamespaces = 500;

    private const string Declaration = "http://www.w3.org/2000/xmlns/";

    /// <summary>A file, in the encoding that it declares.</summary>
    public static XElement Load(ReadOnlyMemory<byte> bytes) => Load(() => XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings()));

    /// <summary>A text, whatever encoding it declares: it was decoded before.</summary>
    public static XElement Load(string text) => Load(() => XmlReader.Create(new StringReader(text), Settings()));

    private static XElement Load(Func<XmlReader> open)
    {
        try
        {
            using (var reader = open()) CheckShape(reader);
            using (var reader = open()) return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException e)
        {
            throw new ComponentFileException($"is not XML that can be read: {e.Message}", e);
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private static void CheckShape(XmlReader reader)
    {
        var namespaces = 0;
        while (reader.Read())
        {
            if (reader.Depth > DeepestNesting) throw new ComponentFileException($"is nested deeper than {DeepestNesting} elements");
            while (reader.MoveToNextAttribute())
            {
                if (reader.NamespaceURI == Declaration && ++namespaces > MostNamespaces) throw new ComponentFileException($"declares more than {MostNamespaces} namespaces");
            }
        }
    }
}
