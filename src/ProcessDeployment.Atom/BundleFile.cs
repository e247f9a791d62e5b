using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProcessDeployment.AtomAgent;

/// <summary>Judges a bundle by nothing but its digest: the lines of its manifest make it, and each content makes its hash.</summary>
internal static class BundleFile
{
    private const string Manifest = "manifest.json";
    private const string Content = "content/";
    private const int Block = 512;

    /// <exception cref="BundleRefusedException">It is not what the digest names.</exception>
    public static void Check(string file, string digest)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var archive = new TarReader(stream);
            var length = 2L * Block;
            if (archive.GetNextEntry() is not { Name: Manifest, DataStream: { } text } first) throw new BundleRefusedException($"it does not begin with {Manifest}");
            length += Taken(first);
            var missing = Hashes(text, digest);
            while (archive.GetNextEntry() is { } entry)
            {
                if (!entry.Name.StartsWith(Content, StringComparison.Ordinal) || !missing.Remove(entry.Name[Content.Length..])) throw new BundleRefusedException($"it holds {Shown(entry.Name)}, which its manifest does not name or names once");
                var hash = Hex(entry.DataStream is { } bytes ? SHA256.HashData(bytes) : SHA256.HashData([]));
                if (entry.Name != Content + hash) throw new BundleRefusedException($"{entry.Name} was altered: its SHA-256 is {hash}");
                length += Taken(entry);
            }

            if (missing.Count > 0) throw new BundleRefusedException($"the content {missing.First()} is missing");
            if (stream.Length != length) throw new BundleRefusedException($"it has {stream.Length} bytes instead of {length}");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new BundleRefusedException($"it cannot be read: {e.Message}");
        }
    }

    /// <summary>The hash of all of it, which is what is signed.</summary>
    public static (string Sha256, long Length) Whole(string file)
    {
        using var stream = File.OpenRead(file);
        return (Hex(SHA256.HashData(stream)), stream.Length);
    }

    private static HashSet<string> Hashes(Stream text, string digest)
    {
        using var manifest = JsonDocument.Parse(text);
        var (lines, hashes) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var component in manifest.RootElement.GetProperty("components").EnumerateArray())
        {
            var hash = component.GetProperty("contentHash").GetString()!;
            lines.Add($"{component.GetProperty("componentId").GetGuid()}:{component.GetProperty("componentType").GetString()}:{component.GetProperty("revision").GetInt32()}:{hash}\n");
            hashes.Add(hash);
        }

        var made = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal)))));
        return made == digest ? hashes : throw new BundleRefusedException($"its manifest makes the digest {made} instead of {digest}");
    }

    private static long Taken(TarEntry entry) => Block + ((entry.Length + Block - 1) / Block * Block);

    private static string Shown(string name) => name.Length > 100 ? name[..100] + "…" : name;

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}

/// <summary>A bundle is not what it ought to be. The message says what is wrong with it.</summary>
internal sealed class BundleRefusedException(string message) : Exception(message);
