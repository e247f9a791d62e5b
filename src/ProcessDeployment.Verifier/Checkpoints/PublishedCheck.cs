using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Events;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>
/// Holds checkpoints against those that were published. Each names the hash of the one before, so that the signature of
/// the last one stands for all of them.
/// </summary>
internal sealed class PublishedCheck(IReadOnlyList<string> files, KeyChain keys, Report report)
{
    /// <summary>By number, the hash of what it says.</summary>
    private readonly Dictionary<long, byte[]> _published = [];
    private Checkpoint? _last;
    private bool _goesOn;

    /// <summary>Reads them, and goes on to the keys they name.</summary>
    public void Read()
    {
        if (files.Count == 0) return;
        _goesOn = files.All(ReadFile);
        if (_last is null) throw new UnreadableException($"{files[0]} is empty.");
    }

    public void Run(Checkpoint bundle, IReadOnlyList<AccountCheckpoint> given)
    {
        if (!_goesOn || _last is null) return;
        var open = report.Open;
        if (keys.IsBeyond(_last, bundle)) report.Unjudged("published", KeyChain.Unknown($"checkpoint {_last.Number}", _last.KeyId));
        else if (keys.Refuse(_last) is { } refused) report.Bad("published", refused);
        foreach (var checkpoint in given.Select(one => one.Checkpoint)) Find(checkpoint);
        if (report.IsGood && report.Open == open) report.Good("published", $"what was given is among the {_published.Count} checkpoints up to {_last.Number}, which follow each other");
    }

    private void Find(Checkpoint checkpoint)
    {
        if (_published.TryGetValue(checkpoint.Number, out var hash))
        {
            if (!hash.AsSpan().SequenceEqual(checkpoint.PayloadHash))
                report.Bad("published", $"checkpoint {checkpoint.Number} is not the one that was published: the ledger was set back and continued, or shows different things to different people");
        }
        else
        {
            report.Unjudged("published", $"they end with {_last!.Number}, and {checkpoint.Number} is not among them; give one more --published with the answer of /ledger/checkpoints?after={_last.Number}");
        }
    }

    /// <summary>False where they do not go on.</summary>
    private bool ReadFile(string file)
    {
        if (!File.Exists(file)) throw new UnreadableException($"There is no file {file}.");
        using var stream = File.OpenRead(file);
        for (var lines = new Lines(stream); lines.Next(out var line);)
        {
            var next = Read(file, line);
            if (Break(next) is { } why)
            {
                report.Bad("published", why);
                return false;
            }

            if (_published.TryAdd(next.Number, next.PayloadHash)) _last = next;
            // A key that nothing else tells of is named by the one before it.
            if (next.NextKey is { } key && keys.Find(key.Id) is null && keys.Find(next.KeyId) is not null && keys.Follow(next) is { } refused)
            {
                report.Bad("published", $"checkpoint {next.Number} names a key that does not count: {refused}");
                return false;
            }
        }

        return true;
    }

    private string? Break(Checkpoint next) =>
        _last is null ? null
        : _published.TryGetValue(next.Number, out var known) ? known.AsSpan().SequenceEqual(next.PayloadHash) ? null : $"there are two checkpoints {next.Number}: the ledger was set back and continued"
        : next.Number != _last.Number + 1 ? $"checkpoint {next.Number} comes after {_last.Number}"
        : next.Ledger != _last.Ledger ? $"checkpoint {next.Number} is of another ledger"
        : next.Previous is null || !next.Previous.AsSpan().SequenceEqual(_last.PayloadHash) ? $"checkpoint {next.Number} does not follow the {_last.Number} that was published: the ledger was set back and continued"
        : null;

    private static Checkpoint Read(string file, ReadOnlySpan<byte> line)
    {
        try
        {
            using var document = Documents.Parse(line.ToArray());
            return Checkpoint.Of(document.RootElement);
        }
        catch (Exception e) when (Documents.IsAboutForm(e))
        {
            throw new UnreadableException($"A line of {file} is no checkpoint: {e.Message}", e);
        }
    }
}
