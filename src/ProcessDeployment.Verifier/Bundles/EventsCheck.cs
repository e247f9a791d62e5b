using ProcessDeployment.Verifier.Events;
using ProcessDeployment.Verifier.Lists;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>Holds each event against the leaf that was sealed for its position, in one pass.</summary>
internal sealed class EventsCheck(Bundle bundle, Manifest manifest, SealedLines elsewhere, ListsCheck? lists, Skips skips, Report report)
{
    private readonly Redactions _redactions = new(report);
    private readonly List<(HashedLine Line, byte[]? Leaf)> _altered = [];
    private (long Position, string Detail)? _first;
    private long _bad;

    /// <summary>The leaves that were sealed.</summary>
    public (IReadOnlyList<byte[]> Leaves, long Bad) Run()
    {
        var leaves = ReadLeaves();
        using var stream = bundle.Read("events.jsonl");
        var (expected, count) = (manifest.First, 0L);
        var listing = new Beside();
        foreach (var block in new HashedLines(stream, manifest.AccountId, withFacts: lists is not null).Blocks())
        {
            foreach (var line in block) expected = Check(line, leaves, expected);
            count += block.Count;
            // What follows from events that are not the sealed ones proves nothing.
            if (lists is null || _bad > 0) continue;
            EventFacts[] facts = [.. block.Select(line => line.Facts!)];
            // Beside the hashing of the next ones.
            listing.Run(() => lists.Take(facts));
        }

        listing.End();

        if (expected <= manifest.Last) Bad(expected, expected == manifest.Last ? "the event is missing" : $"the events up to {manifest.Last} are missing");
        Judge();
        if (_first is var (position, detail)) report.Bad("events", detail, position);
        if (count != manifest.Events) report.Bad("events", $"there are {count}, the manifest says {manifest.Events}");
        if (manifest.Events != manifest.Last - manifest.First + 1) report.Bad("events", $"the manifest says {manifest.Events}, but positions {manifest.First} to {manifest.Last} are {manifest.Last - manifest.First + 1}");
        if (_bad == 0) report.Good("events", $"{count} are what was sealed");
        else report.Note("events", $"{_bad} of {count} are not what was sealed");
        if (_bad == 0) lists?.End();
        else if (lists is not null) report.Note("lists", "they and the period are not judged, since the events are not what was sealed");
        return (leaves, _bad);
    }

    /// <summary>The position that comes next.</summary>
    private long Check(HashedLine line, List<byte[]> leaves, long expected)
    {
        if (line.Problem is { } problem)
        {
            Bad(expected, $"the line is no event: {problem}");
            return expected + 1;
        }

        if (line.Position > manifest.Last) Bad(Math.Max(expected, manifest.Last + 1), $"position {line.Position} is behind the last, {manifest.Last}: nothing says that it was sealed");
        else if (line.Position > expected) Bad(expected, line.Position == expected + 1 ? "the event is missing" : $"the events up to {line.Position - 1} are missing");
        else if (line.Position != expected) Bad(Math.Min(expected, line.Position), $"position {line.Position} comes where {expected} should");
        var leaf = LeafOf(line.Position, leaves);
        if (leaf is not null && line.Hash.AsSpan().SequenceEqual(leaf)) _redactions.Learn(line.Text.Span);
        else if (line.Position >= manifest.First && line.Position <= manifest.Last) _altered.Add((line with { Text = line.Text.ToArray() }, leaf));
        return line.Position > manifest.Last ? expected : Math.Max(expected, line.Position + 1);
    }

    private byte[]? LeafOf(long position, List<byte[]> leaves) =>
        position >= manifest.First && position - manifest.First < leaves.Count ? leaves[(int)(position - manifest.First)] : null;

    /// <summary>What is not as it was sealed may have been redacted: whether it was is known when all events are.</summary>
    private void Judge()
    {
        _redactions.LearnBehind(elsewhere);
        foreach (var (line, leaf) in _altered)
        {
            if (_redactions.Refuse(line.Position, leaf, line.Hash, line.Text.ToArray()) is { } why) Bad(line.Position, why);
        }

        // Those among the exported events were judged with these; each must be the same here.
        foreach (var mark in skips.Altered)
        {
            if (_redactions.Refuse(mark.Position, mark.Leaf, mark.Hash, mark.Text) is { } why) Bad(mark.Position, why);
        }
    }

    /// <summary>Only the first is told: what follows a deleted event is often wrong as well.</summary>
    private void Bad(long position, string detail)
    {
        _bad++;
        if (_first is null || position < _first.Value.Position) _first = (position, detail);
    }

    private List<byte[]> ReadLeaves()
    {
        using var stream = bundle.Read("leaves.bin");
        var leaves = new List<byte[]>((int)Math.Min(1 << 20, manifest.Last - manifest.First + 1));
        for (var leaf = new byte[Merkle.HashSize]; ; leaf = new byte[Merkle.HashSize])
        {
            var read = stream.ReadAtLeast(leaf, leaf.Length, throwOnEndOfStream: false);
            if (read == leaf.Length) leaves.Add(leaf);
            else if (read == 0) return leaves;
            else throw new UnreadableException("leaves.bin does not consist of whole hashes.");
        }
    }
}
