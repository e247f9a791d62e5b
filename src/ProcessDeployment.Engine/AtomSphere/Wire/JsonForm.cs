using System.Text.Json;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.AtomSphere.Wire;

/// <summary>Objects as JSON with <c>@type</c>. A single object may stand where a list is wanted, and a text where a number or flag is: clients made of XML write so.</summary>
internal static class JsonForm
{
    public const string TypeMember = "@type";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) => JsonDocument.Parse(body, Strict);

    public static WireObject Read(JsonElement json, WireType type, List<MemberError> errors) => Read(json, type, "", errors);

    /// <summary>What an object says it is; null where it does not.</summary>
    public static string? TypeOf(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(TypeMember, out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is { Length: > 0 } text ? text : null;

    public static void Write(Utf8JsonWriter json, WireObject value)
    {
        json.WriteStartObject();
        json.WriteString(TypeMember, value.Type.Name);
        foreach (var field in value.Type.Fields)
        {
            if (value[field.Name] is not { } held) continue;
            json.WritePropertyName(field.Name);
            WriteValue(json, held);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case WireObject nested: Write(json, nested); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case long number: json.WriteNumberValue(number); break;
            case IReadOnlyList<object> list:
                json.WriteStartArray();
                foreach (var item in list) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(WireValue.Write(value)); break;
        }
    }

    private static WireObject Read(JsonElement json, WireType type, string path, List<MemberError> errors)
    {
        var read = new WireObject(type);
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new(path.Length == 0 ? type.Name : path, "must be an object"));
            return read;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (errors.Count >= PlatformException.MostErrors) break;
            if (member.NameEquals(TypeMember) || member.Value.ValueKind == JsonValueKind.Null) continue;
            var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (type.TryGet(member.Name, out var field)) read[field.Name] = field.IsList ? ReadList(member.Value, field, at, errors) : ReadOne(member.Value, field, at, errors);
            else errors.Add(Unknown(at, type));
        }

        return read;
    }

    internal static MemberError Unknown(string at, WireType type) => new(at, $"is no field of {type.Name}, which has {string.Join(", ", type.Fields.Select(field => field.Name))}");

    private static List<object> ReadList(JsonElement json, WireField field, string at, List<MemberError> errors)
    {
        if (json.ValueKind != JsonValueKind.Array) return ReadOne(json, field, at, errors) is { } single ? [single] : [];
        var list = new List<object>();
        foreach (var item in json.EnumerateArray())
        {
            if (errors.Count >= PlatformException.MostErrors) break;
            if (ReadOne(item, field, $"{at}[{list.Count}]", errors) is { } read) list.Add(read);
        }

        return list;
    }

    private static object? ReadOne(JsonElement json, WireField field, string at, List<MemberError> errors)
    {
        if (field.Kind == WireKind.Object) return Read(json, WireType.Of(field.TypeName!), at, errors);
        if (json.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
        {
            errors.Add(new(at, $"must be {WireValue.Wanted(field)}"));
            return null;
        }

        var value = WireValue.Read(field, json.ToString(), out var rule);
        if (rule is not null) errors.Add(new(at, rule));
        return value;
    }
}
