using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>A move file that has come whole: what it says of itself, and its rows, a few at a time.</summary>
internal sealed class MoveFile : IAsyncDisposable
{
    private const long LargestManifest = 16 << 20;

    private readonly ZipArchive _archive;

    private MoveFile(ZipArchive archive, MoveManifest manifest) => (_archive, Manifest) = (archive, manifest);

    public MoveManifest Manifest { get; }

    /// <param name="file">Can be read from any place; it is closed with this.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MoveException">It is none, was cut off, or is of a form that this release does not know.</exception>
    public static async Task<MoveFile> OpenAsync(Stream file, CancellationToken cancellation)
    {
        ZipArchive? archive = null;
        try
        {
            archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, cancellation);
            return new(archive, await ManifestAsync(archive, cancellation));
        }
        catch (Exception e)
        {
            if (archive is not null) await archive.DisposeAsync();
            else await file.DisposeAsync();
            if (e is InvalidDataException or JsonException or InvalidOperationException) throw MoveException.BadFile($"This is no move file, or it was cut off: {e.Message}");
            throw;
        }
    }

    /// <summary>The lines of a table in portions; what was read before is void when the next ones throw.</summary>
    /// <exception cref="MoveException">It is not what the file says of itself.</exception>
    public IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(TakenTable table, CancellationToken cancellation)
    {
        var said = Manifest.Tables.Single(one => one.Name == table.Name);
        var entry = _archive.GetEntry(table.File) ?? throw MoveException.BadFile($"The file lacks {table.File}.");
        return MovedRows.ReadAsync(entry, said, cancellation);
    }

    public ValueTask DisposeAsync() => _archive.DisposeAsync();

    private static async Task<MoveManifest> ManifestAsync(ZipArchive archive, CancellationToken cancellation)
    {
        if (archive.GetEntry(MoveManifest.File) is not { } entry) throw MoveException.BadFile($"The file lacks {MoveManifest.File}.");
        if (entry.Length > LargestManifest) throw MoveException.BadFile($"{MoveManifest.File} is larger than any can be.");
        await using var stream = await entry.OpenAsync(cancellation);
        var json = await JsonNode.ParseAsync(stream, cancellationToken: cancellation);
        return json?["format"]?.GetValue<int>() is MoveManifest.Known
            ? json.Deserialize<MoveManifest>(WireJson.Options)!
            : throw MoveException.BadFile($"The file is of format {json?["format"]?.ToJsonString() ?? "none"}, and this release knows format {MoveManifest.Known}.");
    }
}
