using System.Text;
using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Engine.Import;

/// <summary>Reads one component file as the AtomSphere platform exports it.</summary>
public sealed class ComponentReader(Connectors connectors)
{
    public static readonly XNamespace Platform = "http://api.platform.boomi.com/";

    /// <param name="file">How messages name it.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="ComponentFileException">It is no component, or not one that can be sent.</exception>
    public ComponentWithContent Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var root = SafeXml.Load(bytes);
        if (root.Name != Platform + "Component")
            throw new ComponentFileException($"is not a component: its root is {root.Name.LocalName}, not Component of {Platform.NamespaceName}");

        SecretMask.Apply(root);
        var component = Describe(file, root);
        var content = CanonicalContent.Of(root);
        if (Encoding.UTF8.GetByteCount(content) > Limits.ContentBytes)
            throw new ComponentFileException($"has more than {Limits.ContentBytes} bytes of content");
        return new(component with { ContentHash = Digests.ContentHash(content) }, content);
    }

    private ImportedComponent Describe(string file, XElement root)
    {
        var type = Required(root, "type");
        var name = Required(root, "name");
        var folder = Text(root, "folderFullPath") ?? Text(root, "folderName");
        var id = Id(root);
        var definition = root.Element(Platform + "object") ?? throw new ComponentFileException("has no object element, so nothing in it could be deployed");
        var (references, unknown) = References.In(definition);
        if (references.Count > Limits.Ids) throw new ComponentFileException($"refers to {references.Count} components; a command carries at most {Limits.Ids}");
        var connector = connectors.Of(type, Text(root, "subType"), definition);
        var doubts = unknown.ConvertAll(found => $"{found.FoundAt} holds the id {found.ComponentId}, which may be a reference: that attribute is not known, so it was left out");
        if (type == ComponentTypes.Connection && connector is null) doubts.Add("names no connector (subType), so it will use no licence");

        return new()
        {
            File = file,
            ComponentId = id ?? NameBasedId.Of(NameBasedId.ComponentsWithoutId, $"{folder}/{name}"),
            IdIsDerived = id is null,
            ComponentType = type,
            Name = name,
            Folder = folder,
            SourceRevision = Text(root, "version"),
            Author = Text(root, "modifiedBy") ?? Text(root, "createdBy"),
            SavedAt = Text(root, "modifiedDate"),
            Deleted = Text(root, "deleted") == "true",
            References = references,
            Connector = connector,
            StartStep = type == ComponentTypes.Process ? StartSteps.In(definition) : null,
            AllowSimultaneousRuns = type == ComponentTypes.Process ? SimultaneousRuns.In(definition) : null,
            Extensions = ExtensionDeclarations.In(root.Element(Platform + "processOverrides")),
            ContentHash = "",
            Doubts = doubts,
        };
    }

    private static Guid? Id(XElement root) => Text(root, "componentId") switch
    {
        null => null,
        { } text when Guid.TryParseExact(text, "D", out var id) => id,
        { } text => throw new ComponentFileException($"has the componentId {text}, which is not a UUID"),
    };

    private static string Required(XElement root, string attribute) =>
        Text(root, attribute) ?? throw new ComponentFileException($"has no {attribute} on its Component element");

    private static string? Text(XElement root, string attribute) =>
        (string?)root.Attribute(attribute) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
