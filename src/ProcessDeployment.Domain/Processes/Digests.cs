using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Names a manifest by what it holds: SHA-256 over its sorted lines, each ended by LF, as lower-case hex.</summary>
public static class Digests
{
    /// <summary>Tells manifests apart, revisions included.</summary>
    public static string Digest(IEnumerable<ManifestEntry> manifest) =>
        OfLines(manifest.Select(entry => $"{entry.ComponentId}:{entry.ComponentType}:{entry.Revision}:{entry.ContentHash}"));

    /// <summary>Tells contents apart: a save that changed nothing keeps it.</summary>
    public static string ContentDigest(IEnumerable<ManifestEntry> manifest) =>
        OfLines(manifest.Select(entry => $"{entry.ComponentId}:{entry.ComponentType}:{entry.ContentHash}"));

    /// <summary>The hash of a component's content.</summary>
    public static string ContentHash(string? content) => Hex(Encoding.UTF8.GetBytes(content ?? ""));

    private static string OfLines(IEnumerable<string> lines) =>
        Hex(Encoding.UTF8.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal).Select(line => line + "\n"))));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
