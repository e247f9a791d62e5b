using System.Text;

namespace ProcessDeployment.Engine.Bundles;

/// <summary>A component as the digest of a version names it.</summary>
internal sealed record BundledComponent(Guid ComponentId, string ComponentType, int Revision, string ContentHash)
{
    /// <summary>The line of the digest.</summary>
    public string Line => $"{ComponentId}:{ComponentType}:{Revision}:{ContentHash}";
}

/// <summary>A piece of a bundle: bytes that are known, or the content with a hash, which is read when it is sent.</summary>
internal readonly record struct BundlePiece(long Offset, long Length, byte[]? Bytes, string? ContentHash);

/// <summary>
/// Where what lies in a bundle. It is made of nothing but the lines of the digest and the contents they name, so one digest
/// means one sequence of bytes: <c>manifest.json</c>, then each content once under its hash.
/// </summary>
internal sealed class BundleLayout
{
    private readonly List<BundlePiece> _pieces = [];

    public BundleLayout(string digest, IEnumerable<BundledComponent> components, IReadOnlyDictionary<string, long> lengths)
    {
        var sorted = components.OrderBy(component => component.Line, StringComparer.Ordinal).ToList();
        var manifest = Encoding.UTF8.GetBytes(Manifest(digest, sorted));
        Add(Ustar.Header("manifest.json", manifest.Length));
        Add(manifest);
        Add(Ustar.Padding(manifest.Length));
        foreach (var hash in sorted.Select(component => component.ContentHash).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var length = lengths[hash];
            Add(Ustar.Header($"content/{hash}", length));
            Add(length, null, hash);
            Add(Ustar.Padding(length));
        }

        Add(Ustar.End);
    }

    public IReadOnlyList<BundlePiece> Pieces => _pieces;

    public long Length { get; private set; }

    /// <summary>The piece in which a byte lies.</summary>
    public int IndexOf(long position)
    {
        var (low, high) = (0, _pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Offset <= position) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    /// <summary>No names: they may be redacted one day, and the bytes must stay. Types and hashes need no escaping.</summary>
    private static string Manifest(string digest, IReadOnlyList<BundledComponent> components) =>
        $"{{\"digest\":\"{digest}\",\"components\":[\n{string.Join(",\n", components.Select(Entry))}\n]}}\n";

    private static string Entry(BundledComponent component) =>
        $"{{\"componentId\":\"{component.ComponentId}\",\"componentType\":\"{component.ComponentType}\",\"revision\":{component.Revision},\"contentHash\":\"{component.ContentHash}\"}}";

    private void Add(byte[] bytes) => Add(bytes.Length, bytes, null);

    private void Add(long length, byte[]? bytes, string? hash)
    {
        if (length == 0) return;
        _pieces.Add(new(Length, length, bytes, hash));
        Length += length;
    }
}
