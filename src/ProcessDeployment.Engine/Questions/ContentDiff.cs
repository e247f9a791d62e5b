using DiffPlex.Renderer;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Unified diffs of contents, within bounds: two large texts without a line in common cost the square of their lines.</summary>
internal sealed class ContentDiff
{
    public const int MostBytes = 256 * 1024;
    private const int MostLines = 5_000;

    /// <summary>Of one answer.</summary>
    private const int MostLinesInAll = 40_000;

    private const int ContextLines = 3;
    private int _linesLeft = MostLinesInAll;

    public ContentDifference Between(ContentSide before, ContentSide after)
    {
        if (before.Bytes > MostBytes || after.Bytes > MostBytes) return Left($"A content is larger than {MostBytes / 1024} KB; fetch both and compare them.");
        // Content is kept from the first save on, but for the empty one.
        var (one, other) = (before.Body ?? "", after.Body ?? "");
        if (before.Bytes is null && after.Bytes is null) return Left("There are many changed components; ask with component= for this one.");

        var (oneLaidOut, otherLaidOut) = (ReadableXml.Of(one), ReadableXml.Of(other));
        var formatted = oneLaidOut is not null && otherLaidOut is not null;
        if (formatted) (one, other) = (oneLaidOut!, otherLaidOut!);
        if (formatted && one == other) return Left("Only the layout differs.", formatted);

        var lines = Math.Max(Lines(one), Lines(other));
        if (lines > MostLines) return Left($"A content has more than {MostLines} lines; fetch both and compare them.", formatted);
        if (lines > _linesLeft) return Left("Many contents differ; ask with component= for this one.", formatted);
        _linesLeft -= lines;
        return new(Unified(one, other, before.Label, after.Label), null, formatted);
    }

    private static string Unified(string one, string other, string before, string after)
    {
        // The renderer takes the end of the last line for one more line.
        if (one.EndsWith('\n') && other.EndsWith('\n')) (one, other) = (one[..^1], other[..^1]);
        return UnidiffRenderer.GenerateUnidiff(one, other, before, after, ignoreWhitespace: false, ignoreCase: false, contextLines: ContextLines)
            .Replace(Environment.NewLine, "\n", StringComparison.Ordinal);
    }

    private static ContentDifference Left(string why, bool formatted = false) => new(null, why, formatted);

    private static int Lines(string text) => 1 + text.AsSpan().Count('\n');
}

/// <summary>One side of a difference.</summary>
/// <param name="Label">What it is, for people.</param>
/// <param name="Body">The content; null when it is too large, or not looked up, or empty.</param>
/// <param name="Bytes">How large it is; null when it was not looked up or is empty.</param>
internal sealed record ContentSide(string Label, string? Body, int? Bytes);

/// <summary>A difference, or why it was left out.</summary>
internal sealed record ContentDifference(string? Text, string? LeftOut, bool Formatted);
