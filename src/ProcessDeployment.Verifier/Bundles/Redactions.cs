using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Verifier.Lists;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>
/// Personal data that the owner took out of events after they were sealed. Such an event is not the sealed one any more; what
/// excuses it is a later event, sealed itself, that names its sealed leaf, what it became, and the members that were replaced.
/// </summary>
internal sealed class Redactions(Report report)
{
    public const string File = "redactions.jsonl";
    public const string Marker = "[redacted]";
    private const string Type = "processdeployment.personal-data-redacted.v1";

    private readonly Dictionary<long, List<Redaction>> _of = [];

    /// <summary>Takes notice of an event that is proved to be the sealed one.</summary>
    public void Learn(ReadOnlySpan<byte> line)
    {
        // Nearly all are something else, which is seen without parsing them.
        if (line.IndexOf("personal-data-redacted"u8) < 0) return;
        using var document = Documents.Parse(line.ToArray());
        var (happened, data) = (document.RootElement, document.RootElement.GetProperty("data"));
        if (happened.Text("type") != Type || data.ValueKind != JsonValueKind.Object) return;
        try
        {
            var redaction = new Redaction(happened.Number("position"), happened.Text("actor"), data.Text("leafHash"), data.Text("becomes"), [.. data.Texts("fields")]);
            var position = data.Number("eventPosition");
            if (redaction.At <= position || redaction.Members.Count == 0) return;
            if (!_of.TryGetValue(position, out var earlier)) _of[position] = earlier = [];
            earlier.Add(redaction);
        }
        catch (Exception e) when (Documents.IsAboutForm(e))
        {
            // It excuses nothing then.
        }
    }

    /// <summary>Those that lie behind the exported events, each with its own way to the root that the checkpoint signs.</summary>
    public void LearnBehind(SealedLines lines) => lines.Read(File, "redactions", line =>
    {
        if (line.IsAsSealed) Learn(line.Text);
        else report.Bad("redactions", "the event that tells of a redaction is not the one that was sealed", line.Position);
    });

    /// <summary>What is wrong with an event that is not the sealed one; null when redactions account for it.</summary>
    public string? Refuse(long position, ReadOnlySpan<byte> sealedLeaf, ReadOnlySpan<byte> leaf, byte[] line)
    {
        if (!_of.TryGetValue(position, out var redactions)) return "the event is not the one that was sealed";
        redactions.Sort((left, right) => left.At.CompareTo(right.At));
        var (origin, becomes) = (Convert.ToHexStringLower(sealedLeaf), Convert.ToHexStringLower(leaf));
        if (redactions[^1].Becomes != becomes || redactions.Exists(redaction => redaction.LeafHash != origin))
            return $"the event is neither the one that was sealed nor what the redaction at position {redactions[^1].At} made of it";
        using var document = Documents.Parse(line);
        foreach (var member in redactions.SelectMany(redaction => redaction.Members))
        {
            if (TextOf(document.RootElement, member) != Marker) return $"{member} was redacted, as a later event says, but does not say {Marker}";
        }

        foreach (var redaction in redactions) report.Note("redacted", $"position {position}: {string.Join(", ", redaction.Members)}, by {redaction.Actor}, as position {redaction.At} says");
        return null;
    }

    private static string? TextOf(JsonElement line, string member)
    {
        string[] path = member switch
        {
            "actor" => ["actor"],
            "reason" => ["headers", "reason"],
            _ => ["data", .. member.Split('.')],
        };
        foreach (var part in path)
        {
            if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty(part, out var next)) line = next;
            else if (line.ValueKind == JsonValueKind.Array && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < line.GetArrayLength()) line = line[index];
            else return null;
        }

        return line.ValueKind == JsonValueKind.String ? line.GetString() : null;
    }

    private sealed record Redaction(long At, string Actor, string LeafHash, string Becomes, IReadOnlyList<string> Members);
}
