using System.Text;
using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>Reads what lists show out of the data of an event.</summary>
internal static class EventData
{
    private const string RevisionMade = "processdeployment.revision-made.v1";

    /// <summary>What the data of an event says, in words; of data that is not of its type there are none.</summary>
    public static EventFacts AddTo(EventFacts facts, ReadOnlySpan<byte> text)
    {
        try
        {
            if (facts.Type == RevisionMade) return Revision(facts, text);
            using var document = JsonDocument.Parse(text.ToArray());
            var data = document.RootElement;
            return facts with
            {
                Words = EventWords.Of(facts.Type, data),
                Skips = facts.Type == Skips.Type ? data.Number("eventPosition") : null,
            };
        }
        catch (Exception e) when (Documents.IsAboutForm(e))
        {
            return facts with { IsBroken = true };
        }
    }

    /// <summary>Most events are of this type, and large: only two members are read.</summary>
    private static EventFacts Revision(EventFacts facts, ReadOnlySpan<byte> text)
    {
        var (name, revision) = ((string?)null, (string?)null);
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return facts with { IsBroken = true };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) name = Value(ref reader, text);
            else if (reader.ValueTextEquals("revision"u8)) revision = Value(ref reader, text);
            else reader.Skip();
        }

        if (!int.TryParse(revision, System.Globalization.CultureInfo.InvariantCulture, out var number)) return facts with { IsBroken = true };
        (facts.Revision, facts.Words) = (number, EventWords.Revision(name, revision));
        return facts;
    }

    /// <summary>The same, kept where it is the same as the last time.</summary>
    public static string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ref string? last)
    {
        var here = reader;
        here.Read();
        if (here.TokenType != JsonTokenType.String || last is null || !here.ValueTextEquals(last)) return last = Value(ref reader, text);
        reader = here;
        return last;
    }

    /// <summary>The value behind the name that the reader is at, as text; null where it is null.</summary>
    public static string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        var begin = (int)reader.TokenStartIndex;
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? null : Encoding.UTF8.GetString(text[begin..(int)reader.BytesConsumed]);
    }

    /// <summary>A member as text; null when there is none.</summary>
    public static string? Said(this JsonElement data, string name) =>
        data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    /// <summary>A member as text that must be there.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static string Need(this JsonElement data, string name) => data.Said(name) ?? throw new FormatException($"it has no {name}");

    /// <summary>A number or a truth value as it is written; null when there is none.</summary>
    public static string? Raw(this JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;

    public static IEnumerable<string> Texts(this JsonElement data, string name) => data.GetProperty(name).EnumerateArray().Select(text => text.GetString() ?? throw new FormatException($"one of {name} is null"));

    public static Deployment DeploymentOf(JsonElement data) => new(
        data.GetProperty("versionNumber").GetInt32(), data.Need("processId"), data.Said("note"), data.Raw("redeployOf"), data.Need("digest"),
        [.. data.GetProperty("manifest").EnumerateArray().Select(entry => new ManifestEntry(entry.Need("componentId"), entry.Need("name"), entry.GetProperty("revision").GetInt32()))],
        [.. data.GetProperty("targets").EnumerateArray().SelectMany(target => target.Texts("atomIds")).Distinct(StringComparer.Ordinal)])
    {
        HasNoTarget = data.GetProperty("targets").GetArrayLength() == 0,
    };
}
