using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Judges a bundle by what eventschema/bundles.md says, and by no line of the agent.</summary>
internal static class BundleOnDisk
{
    /// <summary>What its manifest makes; each content must be what its name says, and none be missing.</summary>
    public static string DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        using var archive = new TarReader(stream);
        var manifest = JsonDocument.Parse(archive.GetNextEntry()!.DataStream!).RootElement.GetProperty("components").EnumerateArray().ToList();
        var missing = manifest.Select(component => component.GetProperty("contentHash").GetString()!).ToHashSet(StringComparer.Ordinal);
        while (archive.GetNextEntry() is { } entry)
        {
            var hash = Convert.ToHexStringLower(entry.DataStream is { } content ? SHA256.HashData(content) : SHA256.HashData([]));
            entry.Name.ShouldBe($"content/{hash}", file);
            missing.Remove(hash);
        }

        missing.ShouldBeEmpty(file);
        var lines = manifest.Select(component => string.Join(
            ':', component.GetProperty("componentId"), component.GetProperty("componentType"), component.GetProperty("revision"), component.GetProperty("contentHash")) + "\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal)))));
    }
}
