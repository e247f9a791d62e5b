using System.Xml;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// Reads XML that anyone may have written: no DTD (so no entity of any kind), nothing fetched, bounded in size and depth.
/// The depth is judged in a pass of its own, before a tree is built.
/// </summary>
internal static class SafeXml
{
    public const int MostCharacters = 8 * 1024 * 1024;
    public const int DeepestNesting = 200;

    public static XElement Load(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using (var reader = Reader(bytes)) CheckDepth(reader);
            using (var reader = Reader(bytes)) return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException e)
        {
            throw new ComponentFileException($"is not XML that can be read: {e.Message}", e);
        }
    }

    private static XmlReader Reader(ReadOnlyMemory<byte> bytes) => XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    private static void CheckDepth(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.Depth > DeepestNesting) throw new ComponentFileException($"is nested deeper than {DeepestNesting} elements");
        }
    }
}
