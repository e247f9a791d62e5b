using System.Text;
using System.Text.Json;
using ProcessDeployment.Verifier.Checkpoints;
using ProcessDeployment.Verifier.Events;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>
/// Events that nobody could read and an operator marked as skipped: lists say so in their place, and nothing follows from them. Each
/// mark is a sealed event, which is known before the lists are judged. Whether a body can be read is not for this program to say.
/// </summary>
internal sealed class Skips
{
    public const string File = "skipped.jsonl";
    public const string Type = "processdeployment.event-skipped.v1";

    private readonly Dictionary<long, Skip> _of = [];

    /// <summary>Marks that are not what was sealed, which only redactions can excuse.</summary>
    public List<(long Position, byte[] Hash, byte[] Leaf, byte[] Line)> Altered { get; } = [];

    /// <summary>The mark of an event; null for one that has none.</summary>
    public Skip? At(long position) => _of.Count == 0 ? null : _of.GetValueOrDefault(position);

    public static Skips Read(Bundle bundle, Manifest manifest, AccountHead head, Report report)
    {
        var skips = new Skips();
        if (!manifest.Files.ContainsKey(File) || !bundle.Has(File)) return skips;
        using var stream = bundle.Read(File);
        var lines = new Lines(stream);
        while (lines.Next(out var line))
        {
            try
            {
                skips.Learn(Documents.Parse(line.ToArray()), manifest.AccountId, head, report);
            }
            catch (Exception e) when (Documents.IsAboutForm(e))
            {
                report.Bad("skipped", $"a line of {File} is no sealed event: {e.Message}");
            }
        }

        return skips;
    }

    private void Learn(JsonDocument document, string accountId, AccountHead head, Report report)
    {
        using var _ = document;
        var line = document.RootElement;
        var happened = line.GetProperty("event");
        var text = Encoding.UTF8.GetBytes(happened.GetRawText());
        var read = new EventLine(accountId);
        var (hash, leaf) = (read.LeafHash(text), line.GetProperty("leafHash").Hash());
        if (Merkle.RootOf(leaf, read.Position - 1, head.Size, line.Hashes("path")) is not { } root || !root.AsSpan().SequenceEqual(head.Root))
        {
            report.Bad("skipped", "the event that marks another as skipped is not the one that was sealed", read.Position);
            return;
        }

        var data = happened.GetProperty("data");
        var position = data.Number("eventPosition");
        if (happened.Text("type") != Type || position >= read.Position) throw new FormatException("it marks nothing");
        if (!hash.AsSpan().SequenceEqual(leaf)) Altered.Add((read.Position, hash, leaf, text));
        _of.TryAdd(position, new(read.Position, happened.Text("actor"), data.Text("reason")));
    }
}

/// <summary>The mark of an event that was skipped.</summary>
/// <param name="At">Its position.</param>
/// <param name="By">Who made it.</param>
/// <param name="Why">The reason given.</param>
internal sealed record Skip(long At, string By, string Why);
