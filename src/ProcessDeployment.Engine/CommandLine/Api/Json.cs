using System.Globalization;
using System.Text.Json;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>
/// A part of an answer, read leniently: a member that is not there is nothing to show. So this program can talk to a newer
/// engine, whose answers say more.
/// </summary>
public readonly record struct Json(JsonElement Element)
{
    public Json this[string member] =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(member, out var value) ? new(value) : default;

    public bool IsThere => Element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public IEnumerable<Json> Items => Element.ValueKind == JsonValueKind.Array ? Element.EnumerateArray().Select(item => new Json(item)) : [];

    /// <summary>The value as text, empty when there is none.</summary>
    public string Text => Element.ValueKind switch
    {
        JsonValueKind.String => Element.GetString()!,
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        _ => Element.GetRawText(),
    };

    public long? Number => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt64(out var number) ? number : null;

    public bool IsTrue => Element.ValueKind == JsonValueKind.True;

    public Guid? Id => Guid.TryParse(Text, out var id) ? id : null;

    /// <summary>The day of a time.</summary>
    public string Day => Time is { Length: > 0 } time ? time[..10] : "";

    /// <summary>A time as people of this machine read it.</summary>
    public string Time => Element.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "";
}
