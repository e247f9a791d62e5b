using System.IO.Compression;
using System.Reflection;

namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>The samples that are built in.</summary>
internal static class Golden
{
    private static readonly Assembly Here = typeof(Golden).Assembly;

    /// <summary>By their names; a name begins with the folder.</summary>
    public static SortedDictionary<string, byte[]> Files(string folder)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in Here.GetManifestResourceNames().Select(name => (Name: name, Path: name.Replace('\\', '/'))).Where(name => name.Path.StartsWith($"{folder}/", StringComparison.Ordinal)))
        {
            using var stream = Here.GetManifestResourceStream(name.Name)!;
            files.Add(name.Path[(folder.Length + 1)..], Bytes(stream));
        }

        return files;
    }

    /// <summary>The files of an exported bundle, by their names.</summary>
    public static SortedDictionary<string, byte[]> Bundle()
    {
        using var zip = new ZipArchive(Here.GetManifestResourceStream("bundle.zip")!);
        return new(zip.Entries.ToDictionary(entry => entry.FullName, Read, StringComparer.Ordinal), StringComparer.Ordinal);

        static byte[] Read(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            return Bytes(stream);
        }
    }

    public static byte[][] All(string folder, string part = "") => [.. Files(folder).Where(file => file.Key.Contains(part, StringComparison.Ordinal)).Select(file => file.Value)];

    private static byte[] Bytes(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
