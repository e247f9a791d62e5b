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
    public List<SealedLine> Altered { get; } = [];

    /// <summary>The mark of an event; null for one that has none.</summary>
    public Skip? At(long position) => _of.Count == 0 ? null : _of.GetValueOrDefault(position);

    public static Skips Read(SealedLines lines, Report report)
    {
        var skips = new Skips();
        lines.Read(File, "skipped", line =>
        {
            if (line.Leaf is not null) skips.Learn(line);
            else report.Bad("skipped", "the event that marks another as skipped is not the one that was sealed", line.Position);
        });
        return skips;
    }

    private void Learn(SealedLine line)
    {
        using var document = Documents.Parse(line.Text);
        var (happened, data) = (document.RootElement, document.RootElement.GetProperty("data"));
        var position = data.Number("eventPosition");
        if (happened.Text("type") != Type || position < 1 || position >= line.Position) throw new FormatException("it marks nothing");
        var skip = new Skip(line.Position, happened.Text("actor"), data.Text("reason"));
        if (!line.IsAsSealed) Altered.Add(line);
        _of.TryAdd(position, skip);
    }
}

/// <summary>The mark of an event that was skipped.</summary>
/// <param name="At">Its position.</param>
/// <param name="By">Who made it.</param>
/// <param name="Why">The reason given.</param>
internal sealed record Skip(long At, string By, string Why);
