using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>
/// Where a query goes on: what was asked, of whom, and the place of the last object that was given. It says all of it itself,
/// so any node goes on with it at any time; what it says is read as strictly as a query, and only in its own account.
/// </summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="After">The place of the last object.</param>
/// <param name="Total">How many there were when it was asked first.</param>
internal sealed record QueryToken(Filter? Filter, IReadOnlyList<object> After, long Total)
{
    public const int Most = 512 * 1024;

    /// <summary>In a token a filter stands deeper than in a query, and one that came as XML may be deeper than JSON is read here.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private const string NotOurs = "must be the queryToken of an answer to a query of this object in this account";

    public string Write(string objectName, string accountId)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("object", objectName);
            json.WriteString("account", accountId);
            json.WriteNumber("total", Total);
            json.WriteStartArray("after");
            foreach (var value in After) json.WriteStringValue(value is DateTimeOffset time ? time.ToString("O") : WireValue.Write(value is Guid id ? id.ToString() : value));
            json.WriteEndArray();
            json.WriteStartObject("filter");
            if (Filter is not null)
            {
                json.WriteStartObject("QueryFilter");
                json.WritePropertyName("expression");
                Write(json, Filter);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(text.ToArray());
    }

    /// <summary>Null, and why, for what is no token of this query.</summary>
    public static QueryToken? Read(string text, string objectName, string accountId, Source source, List<MemberError> errors)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text.Trim()), Deep);
            var root = json.RootElement;
            if (root.GetProperty("object").GetString() == objectName && root.GetProperty("account").GetString() == accountId && root.GetProperty("total").TryGetInt64(out var total) && KeyOf(root.GetProperty("after"), source) is { } after)
                return new(new FilterReader(errors).Read(root.GetProperty("filter")), after, total);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or DecoderFallbackException)
        {
            // Said below, as for a token of somewhere else.
        }

        errors.Add(new("queryToken", NotOurs));
        return null;
    }

    private static List<object>? KeyOf(JsonElement after, Source source)
    {
        var values = after.EnumerateArray().Select(value => value.GetString() ?? "").ToList();
        if (values.Count != source.Order.Count) return null;
        var key = new List<object>();
        foreach (var (column, text) in source.Order.Zip(values))
        {
            object? value = column.Kind switch
            {
                ColumnKind.Id => Guid.TryParse(text, out var id) ? id : null,
                ColumnKind.Number => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null,
                ColumnKind.Time => WireValue.TryTime(text, out var time) ? time : null,
                _ => text.Contains('\0', StringComparison.Ordinal) ? null : text,
            };
            if (value is null) return null;
            key.Add(value);
        }

        return key;
    }

    private static void Write(Utf8JsonWriter json, Filter filter)
    {
        json.WriteStartObject();
        if (filter is Filter.Group group)
        {
            json.WriteString("operator", group.All ? "and" : "or");
            json.WriteStartArray("nestedExpression");
            foreach (var part in group.Parts) Write(json, part);
            json.WriteEndArray();
        }
        else if (filter is Filter.Condition condition)
        {
            json.WriteString("operator", condition.Operator.ToString());
            json.WriteString("property", condition.Property);
            json.WriteStartArray("argument");
            foreach (var argument in condition.Arguments) json.WriteStringValue(argument);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
