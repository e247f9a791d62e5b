using System.Text.Json;
using ProcessDeployment.Verifier.Lists;

namespace ProcessDeployment.Verifier.Events;

/// <summary>Hashes the lines of a file on all processors, block by block, and gives them on in their order.</summary>
internal sealed class HashedLines(Stream stream, string accountId, bool withFacts = false)
{
    private const int AtOnce = 4096;

    private readonly Lines _lines = new(stream);
    private readonly List<(int Begin, int End)> _places = new(AtOnce);
    private readonly HashedLine[] _hashed = new HashedLine[AtOnce];
    private byte[] _block = new byte[1 << 20];

    /// <summary>Each block is there until the next one.</summary>
    public IEnumerable<ArraySegment<HashedLine>> Blocks()
    {
        while (Fill())
        {
            Parallel.For(0, _places.Count, () => new EventLine(accountId), (i, _, line) =>
            {
                _hashed[i] = Hash(line, _block.AsMemory(_places[i].Begin.._places[i].End));
                return line;
            }, static _ => { });
            yield return new(_hashed, 0, _places.Count);
        }
    }

    private HashedLine Hash(EventLine line, ReadOnlyMemory<byte> text)
    {
        try
        {
            var hash = line.LeafHash(text.Span);
            return new(line.Position, hash, text, null, withFacts ? line.Facts(text.Span) : null);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return new(0, [], text, e.Message, null);
        }
    }

    private bool Fill()
    {
        _places.Clear();
        for (var end = 0; _places.Count < AtOnce && _lines.Next(out var line); end += line.Length)
        {
            if (end + line.Length > _block.Length) Array.Resize(ref _block, Math.Max(2 * _block.Length, end + line.Length));
            line.CopyTo(_block.AsSpan(end));
            _places.Add((end, end + line.Length));
        }

        return _places.Count > 0;
    }
}

/// <summary>A line of <c>events.jsonl</c> that was hashed.</summary>
/// <param name="Position">The position it says it has.</param>
/// <param name="Hash">Its hash as a leaf.</param>
/// <param name="Text">What it says, until the next block is read.</param>
/// <param name="Problem">Why it is no event; null when it is one.</param>
/// <param name="Facts">What lists show of it, where they are asked for.</param>
internal readonly record struct HashedLine(long Position, byte[] Hash, ReadOnlyMemory<byte> Text, string? Problem, EventFacts? Facts);
