using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>
/// An account as text, whole: every member of every record in it, so that a member that somebody adds to a state is in the text
/// without anybody thinking of it. What is nothing (null, false, empty) is left out, so that such a member changes no text of a
/// history in which it never came to anything. The same state is the same bytes: members stand in order of their names, and so
/// do the entries of what has no order of its own.
/// </summary>
internal static class StateText
{
    private static readonly JsonSerializerOptions Readable = new(WireJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static string Of(Account account) => (Node(account) ?? new JsonObject()).ToJsonString(Readable) + "\n";

    private static JsonNode? Node(object? value) => value switch
    {
        null or false => null,
        string or bool or int or long or Guid or Enum => JsonSerializer.SerializeToNode(value, value.GetType(), WireJson.Options),
        DateTimeOffset moment => moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IDictionary entries => Entries(entries),
        IEnumerable items => Items(items),
        _ => Members(value),
    };

    private static JsonObject? Members(object record)
    {
        var members = new JsonObject();
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (Node(property.GetValue(record)) is { } node) members[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = node;
        }

        return members.Count == 0 ? null : members;
    }

    private static JsonArray? Items(IEnumerable items)
    {
        var nodes = items.Cast<object>().Select(Node);
        if (IsWithoutOrder(items.GetType())) nodes = nodes.OrderBy(Text, StringComparer.Ordinal);
        JsonArray all = [.. nodes];
        return all.Count == 0 ? null : all;
    }

    /// <summary>By their keys where these are words, else a list of keys with values. That a key is there says something even where its value is nothing.</summary>
    private static JsonNode? Entries(IDictionary entries)
    {
        var all = entries.Keys.Cast<object>().Select(key => (Key: Node(key)!, Value: Node(entries[key]))).OrderBy(entry => Text(entry.Key), StringComparer.Ordinal).ToList();
        if (all.Count == 0) return null;
        if (all.TrueForAll(entry => entry.Key is JsonValue)) return new JsonObject(all.Select(entry => KeyValuePair.Create(entry.Key.ToString(), entry.Value)));
        return new JsonArray([.. all.Select(entry => new JsonObject { ["key"] = entry.Key, ["value"] = entry.Value })]);
    }

    private static bool IsWithoutOrder(Type type) => type.Name.Contains("HashSet", StringComparison.Ordinal);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "";
}
