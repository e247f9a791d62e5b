using System.Globalization;
using System.Text.Json.Nodes;

namespace ProcessDeployment.Schema.Tests.Schemas;

/// <summary>Tells what a new schema would break for those who rely on the old one: senders and what they queued, stored events and their readers.</summary>
internal static class Compatibility
{
    private static readonly string[] Most = ["maxLength", "maxItems", "maximum"];
    private static readonly string[] Least = ["minLength", "minItems", "minimum"];
    private static readonly string[] Fixed = ["format", "pattern", "additionalProperties"];

    public static IEnumerable<string> Breaks(JsonObject before, JsonObject after, bool isCommand, string path = "") =>
        Members(before, after, isCommand, path)
            .Concat(Required(before, after, path))
            .Concat(Types(before, after, path))
            .Concat(Words(before, after, path))
            .Concat(LimitsOf(before, after, path))
            .Concat(Within(before, after, isCommand, path));

    private static IEnumerable<string> Members(JsonObject before, JsonObject after, bool isCommand, string path)
    {
        var old = before["properties"] as JsonObject ?? [];
        var now = after["properties"] as JsonObject ?? [];
        foreach (var (name, schema) in old)
        {
            if (now[name] is not JsonObject there) yield return $"{path}{name} was removed or renamed";
            else foreach (var inner in Breaks((JsonObject)schema!, there, isCommand, $"{path}{name}.")) yield return inner;
        }

        // An older node, or a partner's copy of the schema, refuses a command with a member it does not know.
        foreach (var (name, _) in now.Where(member => isCommand && !old.ContainsKey(member.Key))) yield return $"{path}{name} was added";
    }

    private static IEnumerable<string> Required(JsonObject before, JsonObject after, string path) =>
        Texts(after["required"]).Except(Texts(before["required"])).Select(name => $"{path}{name} became required");

    private static IEnumerable<string> Types(JsonObject before, JsonObject after, string path)
    {
        var missing = Texts(before["type"]).Except(Texts(after["type"])).ToList();
        if (missing.Count > 0 && after["type"] is not null) yield return $"{Named(path)} is no longer {string.Join(" or ", missing)}";
        if (before["type"] is null != after["type"] is null) yield return $"{Named(path)} changed its type";
    }

    private static IEnumerable<string> Words(JsonObject before, JsonObject after, string path)
    {
        if (before["enum"] is null && after["enum"] is not null) yield return $"{Named(path)} became a list of words";
        if (after["enum"] is null) yield break;
        foreach (var word in Texts(before["enum"]).Except(Texts(after["enum"]))) yield return $"{Named(path)} lost the word {word}";
    }

    private static IEnumerable<string> LimitsOf(JsonObject before, JsonObject after, string path)
    {
        foreach (var keyword in Most.Where(k => Number(after[k]) < (Number(before[k]) ?? double.MaxValue))) yield return $"{Named(path)} has a tighter {keyword}";
        foreach (var keyword in Least.Where(k => Number(after[k]) > (Number(before[k]) ?? double.MinValue))) yield return $"{Named(path)} has a tighter {keyword}";
        foreach (var keyword in Fixed.Where(k => !JsonNode.DeepEquals(before[k], after[k]))) yield return $"{Named(path)} has another {keyword}";
    }

    private static IEnumerable<string> Within(JsonObject before, JsonObject after, bool isCommand, string path)
    {
        if (before["items"] is JsonObject items)
        {
            foreach (var inner in after["items"] is JsonObject now ? Breaks(items, now, isCommand, $"{Named(path)}[].") : [$"{Named(path)} lost its items"]) yield return inner;
        }

        // A form of several is kept when one of the new forms takes everything it took.
        foreach (var form in (before["anyOf"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var best = (after["anyOf"] as JsonArray ?? []).OfType<JsonObject>().Select(now => Breaks(form, now, isCommand, path).ToList()).MinBy(breaks => breaks.Count);
            foreach (var inner in best ?? [$"{Named(path)} lost its forms"]) yield return inner;
        }
    }

    private static string Named(string path) => path.Length > 0 ? path.TrimEnd('.') : "the message";

    private static double? Number(JsonNode? node) => node is null ? null : double.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(item => item?.ToString() ?? "null"),
        null => [],
        _ => [node.ToString()],
    };
}
