using System.Globalization;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Wording;

/// <content>Changes and what their events say.</content>
internal static partial class Say
{
    private const int MostItems = 40;

    /// <summary>What happened, in a sentence.</summary>
    public static string Of(AuditEntry entry) => string.IsNullOrWhiteSpace(entry.Name) ? entry.Summary : $"{entry.Name}: {entry.Summary}";

    /// <summary>The name of an event or a command without prefix and suffix, as questions take it.</summary>
    public static string ShortType(string type)
    {
        var name = type.StartsWith("processdeployment.", StringComparison.Ordinal) ? type["processdeployment.".Length..] : type;
        return name.LastIndexOf(".v", StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;
    }

    public static string Type(string type) => ShortType(type).Replace('-', ' ');

    /// <summary>A member of a document, in words: <c>currentVersion</c> is "current version".</summary>
    public static string Member(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>A value on one line; of lists each item is a line.</summary>
    public static IReadOnlyList<string> Lines(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > MostItems =>
            [.. list.EnumerateArray().Take(MostItems).Select(Line), string.Create(CultureInfo.InvariantCulture, $"and {list.GetArrayLength() - MostItems} more")],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(Line)],
        { } other => [Line(other)],
    };

    private static string Line(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "none",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(Line)),
        JsonValueKind.Object when IsReason(value) => OfReason(value),
        JsonValueKind.Object when value.TryGetProperty("name", out var name) && value.EnumerateObject().Count() <= 2 => Line(name),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(member => $"{Member(member.Name)} {Line(member.Value)}")),
        _ => value.GetRawText(),
    };

    private static bool IsReason(JsonElement value) => value.TryGetProperty("code", out _) && value.TryGetProperty("latestRevision", out _) && value.TryGetProperty("name", out _);

    private static string OfReason(JsonElement value) => Of(new Reason
    {
        Code = value.GetProperty("code").GetString() ?? "",
        ComponentId = default,
        Name = value.GetProperty("name").GetString() ?? "",
        DeployedRevision = value.TryGetProperty("deployedRevision", out var deployed) && deployed.ValueKind == JsonValueKind.Number ? deployed.GetInt32() : null,
        LatestRevision = value.GetProperty("latestRevision").GetInt32(),
        By = "",
        At = default,
    });
}
