using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ProcessDeployment.Tests.Coverage;

/// <summary>Which tests name which rules. Reads the file of a test assembly without loading it, so that none of its packages is needed.</summary>
internal static class CoveringTests
{
    public static IEnumerable<(string Rule, string Test)> In(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var metadata = file.GetMetadataReader();
        var found = new List<(string Rule, string Test)>();
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            var name = metadata.GetString(type.Name);
            found.AddRange(Named(type.GetCustomAttributes(), metadata).Select(rule => (rule, name)));
            foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                var test = $"{name}.{metadata.GetString(method.Name)}";
                found.AddRange(Named(method.GetCustomAttributes(), metadata).Select(rule => (rule, test)));
            }
        }

        return found;
    }

    private static IEnumerable<string> Named(CustomAttributeHandleCollection attributes, MetadataReader metadata) => attributes
        .Select(metadata.GetCustomAttribute)
        .Where(attribute => string.Equals(TypeName(attribute.Constructor, metadata), "CoversAttribute", StringComparison.Ordinal))
        .SelectMany(attribute => Strings(metadata.GetBlobReader(attribute.Value)));

    private static string? TypeName(EntityHandle constructor, MetadataReader metadata) => constructor.Kind == HandleKind.MethodDefinition
        ? metadata.GetString(metadata.GetTypeDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()).Name)
        : null;

    /// <summary>The value of an attribute with one argument, an array of strings: two bytes of prolog, a count, the strings.</summary>
    private static List<string> Strings(BlobReader value)
    {
        value.ReadUInt16();
        var strings = new List<string>();
        for (var count = value.ReadInt32(); count > 0; count--) strings.Add(value.ReadSerializedString() ?? "");
        return strings;
    }
}
