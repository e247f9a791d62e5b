using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>Reads what lists show out of the data of an event.</summary>
internal static class EventData
{
    /// <summary>What the data of an event says, in words; of data that is not of its type there are none.</summary>
    public static EventFacts AddTo(EventFacts facts, byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var data = document.RootElement;
            return facts with
            {
                Words = EventWords.Of(facts.Type, data),
                Revision = facts.Type == "processdeployment.revision-made.v1" ? data.GetProperty("revision").GetInt32() : null,
                Deployment = facts.Type == "processdeployment.version-deployed.v1" ? DeploymentOf(data) : null,
            };
        }
        catch (Exception e) when (Documents.IsAboutForm(e))
        {
            return facts;
        }
    }

    /// <summary>A member as text; null when there is none.</summary>
    public static string? Said(this JsonElement data, string name) =>
        data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    /// <summary>A number or a truth value as it is written; null when there is none.</summary>
    public static string? Raw(this JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;

    public static IEnumerable<string> Texts(this JsonElement data, string name) => data.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    public static Deployment DeploymentOf(JsonElement data) => new(
        data.GetProperty("versionNumber").GetInt32(), data.Said("processId")!, data.Said("note"), data.Raw("redeployOf"), data.Said("digest")!,
        [.. data.GetProperty("manifest").EnumerateArray().Select(entry => new ManifestEntry(entry.Said("componentId")!, entry.Said("name")!, entry.GetProperty("revision").GetInt32()))],
        [.. data.GetProperty("targets").EnumerateArray().SelectMany(target => target.Texts("atomIds")).Distinct(StringComparer.Ordinal)]);
}
