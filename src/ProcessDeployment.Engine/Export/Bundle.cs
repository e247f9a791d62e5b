using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Export;

/// <summary>The archive of an export. Nothing in it depends on when or where it is written, so that the same content is the same bytes.</summary>
internal sealed class Bundle(Stream output) : IDisposable
{
    /// <summary>The earliest that the format knows.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive = new(output, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>SHA-256 of what was written so far, file by file.</summary>
    public SortedDictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    public async Task WriteAsync(string name, Func<BundleFile, Task> write) => Hashes[name] = await WriteAsideAsync(name, write);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content) => WriteAsync(name, file => file.WriteAsync(content).AsTask());

    /// <summary>A file that is not part of what is exported, such as what it is checked with.</summary>
    public Task WriteAsideAsync(string name, ReadOnlyMemory<byte> content) => WriteAsideAsync(name, file => file.WriteAsync(content).AsTask());

    public void Dispose() => _archive.Dispose();

    private async Task<string> WriteAsideAsync(string name, Func<BundleFile, Task> write)
    {
        var entry = _archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        await using var stream = await entry.OpenAsync();
        using var file = new BundleFile(stream);
        await write(file);
        return await file.EndAsync();
    }
}

/// <summary>A file of a bundle while it is written.</summary>
internal sealed class BundleFile(Stream stream) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _hash.AppendData(bytes.Span);
        await stream.WriteAsync(bytes);
    }

    public ValueTask WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task<string> EndAsync()
    {
        await stream.FlushAsync();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();
}
