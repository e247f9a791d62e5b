using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Export;

/// <summary>The archive of an export. Nothing in it depends on when or where it is written, so that the same content is the same bytes.</summary>
internal sealed class Bundle(Stream output) : IDisposable
{
    /// <summary>The earliest that the format knows.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int BlockSize = 64 * 1024;

    /// <summary>What waits to be packed lies in memory.</summary>
    private static readonly PipeOptions Ahead = new(pauseWriterThreshold: 16 * BlockSize, resumeWriterThreshold: 8 * BlockSize, minimumSegmentSize: BlockSize, useSynchronizationContext: false);

    private readonly ZipArchive _archive = new(output, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>SHA-256 of what was written so far, file by file.</summary>
    public SortedDictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    public async Task WriteAsync(string name, Func<BundleFile, Task> write) => Hashes[name] = await WriteAsideAsync(name, write);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content) => WriteAsync(name, file => file.WriteAsync(content).AsTask());

    /// <summary>A file that is not part of what is exported, such as what it is checked with.</summary>
    public Task WriteAsideAsync(string name, ReadOnlyMemory<byte> content) => WriteAsideAsync(name, file => file.WriteAsync(content).AsTask());

    public void Dispose() => _archive.Dispose();

    /// <summary>What is written is packed on another thread, while what comes next is read.</summary>
    private async Task<string> WriteAsideAsync(string name, Func<BundleFile, Task> write)
    {
        var entry = _archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        await using var stream = await entry.OpenAsync();
        var pipe = new Pipe(Ahead);
        var packing = Task.Run(() => PackAsync(pipe.Reader, stream));
        try
        {
            await write(new(pipe.Writer));
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception e)
        {
            await pipe.Writer.CompleteAsync(e);
            // Where packing failed first, it says why.
            await packing;
            throw;
        }

        return await packing;
    }

    /// <summary>Returns the hash of what was packed. How much is packed at once must not depend on who was faster: the archive would be other bytes each time.</summary>
    private static async Task<string> PackAsync(PipeReader written, Stream packed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var ahead = written.AsStream();
        var block = new byte[BlockSize];
        while (await ahead.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false) is var count and > 0)
        {
            hash.AppendData(block.AsSpan(0, count));
            await packed.WriteAsync(block.AsMemory(0, count));
        }

        await packed.FlushAsync();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A file of a bundle while it is written.</summary>
internal sealed class BundleFile(PipeWriter writer)
{
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        // Whoever packs it has given up, and says why.
        if ((await writer.WriteAsync(bytes)).IsCompleted) throw new IOException("The bundle could not be written.");
    }

    public ValueTask WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));
}
