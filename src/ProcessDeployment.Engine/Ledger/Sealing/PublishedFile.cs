using System.Text.Json;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>
/// Checkpoints outside the database, one DSSE envelope a line, only ever appended to. A database that was set back to an
/// older backup knows less than this file.
/// </summary>
internal sealed class PublishedFile(string folder)
{
    private const byte NewLine = (byte)'\n';

    public string Path { get; } = System.IO.Path.Combine(folder, "checkpoints.jsonl");

    /// <summary>The last checkpoint in it; null when there is none. What a crash left of a line is cut off: it is written again.</summary>
    /// <exception cref="SealingException">The last line is no checkpoint.</exception>
    public Dsse? Last()
    {
        if (!File.Exists(Path)) return null;
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var end = BeforeLast(stream, stream.Length);
        if (end < stream.Length) Cut(end);
        if (end == 0) return null;
        var begin = BeforeLast(stream, end - 1);
        var line = new byte[end - begin];
        stream.Position = begin;
        stream.ReadExactly(line);
        try
        {
            return JsonSerializer.Deserialize<Dsse>(line, WireJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new SealingException($"The last line of {Path} is no checkpoint: {e.Message} Restore the file; it must never be edited.", e);
        }
    }

    /// <summary>Appends checkpoints, and returns when the disk has them.</summary>
    public void Append(IEnumerable<Dsse> checkpoints)
    {
        Directory.CreateDirectory(folder);
        using var stream = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach (var checkpoint in checkpoints) stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(checkpoint, WireJson.Options), NewLine]);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Opened for writing only now: where nothing is to be cut, reading must be enough.</summary>
    private void Cut(long end)
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.Read);
        stream.SetLength(end);
    }

    /// <summary>Just behind the last line break before a place.</summary>
    private static long BeforeLast(FileStream stream, long end)
    {
        var block = new byte[4096];
        while (end > 0)
        {
            var length = (int)Math.Min(block.Length, end);
            stream.Position = end - length;
            stream.ReadExactly(block, 0, length);
            var found = block.AsSpan(0, length).LastIndexOf(NewLine);
            if (found >= 0) return end - length + found + 1;
            end -= length;
        }

        return 0;
    }
}
