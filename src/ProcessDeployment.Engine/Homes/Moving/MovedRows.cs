using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Reads the lines of a file in an archive, as many at a time as a statement takes, and holds them against what the manifest says.</summary>
internal static class MovedRows
{
    private const int MostRows = 500;
    private const int MostCharacters = 4 << 20;

    /// <summary>A row of the largest content, each character of it escaped.</summary>
    private const long LongestLine = 64 << 20;

    /// <exception cref="MoveException">They are other ones, or more, or fewer.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<string>> ReadAsync(ZipArchiveEntry entry, MovedTable said, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (portion, size, rows) = (new List<string>(), 0, 0L);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await entry.OpenAsync(cancellation);
        await foreach (var line in LinesAsync(PipeReader.Create(stream), said, hash, cancellation))
        {
            portion.Add(line);
            (size, rows) = (size + line.Length, rows + 1);
            if (portion.Count < MostRows && size < MostCharacters) continue;
            yield return portion;
            (portion, size) = ([], 0);
        }

        if (portion.Count > 0) yield return portion;
        if (rows != said.Rows || Convert.ToHexStringLower(hash.GetHashAndReset()) != said.Sha256)
            throw MoveException.BadFile($"{entry.FullName} is not what the file says of it: it was altered or damaged.");
    }

    private static async IAsyncEnumerable<string> LinesAsync(PipeReader reader, MovedTable table, IncrementalHash hash, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var ended = false; !ended;)
        {
            var (buffer, isLast) = await NextAsync(reader, table, cancellation);
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var (line, after) = (buffer.Slice(0, end), buffer.GetPosition(1, end));
                foreach (var part in buffer.Slice(0, after)) hash.AppendData(part.Span);
                yield return Encoding.UTF8.GetString(line);
                buffer = buffer.Slice(after);
            }

            if (buffer.Length > LongestLine || (isLast && buffer.Length > 0)) throw MoveException.BadFile($"A row of {table.Name} does not end.");
            reader.AdvanceTo(buffer.Start, buffer.End);
            ended = isLast;
        }
    }

    private static async Task<(ReadOnlySequence<byte> Buffer, bool IsLast)> NextAsync(PipeReader reader, MovedTable table, CancellationToken cancellation)
    {
        try
        {
            var read = await reader.ReadAsync(cancellation);
            return (read.Buffer, read.IsCompleted);
        }
        catch (InvalidDataException e)
        {
            throw MoveException.BadFile($"The rows of {table.Name} cannot be unpacked: {e.Message}");
        }
    }
}
