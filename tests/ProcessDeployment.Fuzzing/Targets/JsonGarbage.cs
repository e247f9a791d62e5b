using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>JSON that is well formed and means nothing, of the members that commands have.</summary>
internal static class JsonGarbage
{
    private static readonly string[] Members = [.. Golden.All("golden", "commands/").SelectMany(Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static readonly string[] Types = [.. Golden.All("golden", "commands/").Select(Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), "processdeployment.deploy-process.v2", "processdeployment.nothing.v1", ""];

    private static readonly string[] Texts = ["", "acme", "kim@example.com", "01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d", "process", "PROD", "*", "0-59/15", "2026-11-23T06:00:00Z", "\u0000", "\u202e", "ä𝄞", "https://example.com/hook", new('x', 3_000)];

    public static IReadOnlyList<string> Words { get; } = [.. Members.Select(member => $"\"{member}\":"), .. Types.Select(type => $"\"{type}\""), "\"accountId\":\"acme\",", "\"data\":{}"];

    public static byte[] Command(Dice dice)
    {
        var json = new StringBuilder();
        json.Append("{\"specversion\":\"1.0\",\"id\":\"01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d\",\"source\":\"//ci/42\",\"type\":").Append(JsonSerializer.Serialize(dice.Of(Types), WireJson.Options)).Append(",\"data\":");
        Value(json, dice, dice.OneIn(20) ? 40 : 3, isData: true);
        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static void Value(StringBuilder json, Dice dice, int depth, bool isData = false)
    {
        switch (isData ? 0 : depth == 0 ? dice.Between(2, 5) : dice.Below(7))
        {
            case 0:
                json.Append('{');
                if (isData) json.Append("\"accountId\":\"acme\",\"actor\":\"kim\"");
                for (var members = dice.Below(isData ? 8 : 4); members > 0; members--)
                {
                    if (json[^1] != '{') json.Append(',');
                    json.Append('"').Append(dice.Of(Members)).Append("\":");
                    Value(json, dice, depth - 1);
                }

                json.Append('}');
                break;
            case 1:
                json.Append('[');
                for (var items = dice.Below(4); items > 0; items--)
                {
                    Value(json, dice, depth - 1);
                    if (items > 1) json.Append(',');
                }

                json.Append(']');
                break;
            case 2: json.Append(dice.Number()); break;
            case 3: json.Append(dice.Of(["true", "false", "null", "1e400", "0.1", "-0"])); break;
            default: json.Append(JsonSerializer.Serialize(dice.Of(Texts), WireJson.Options)); break;
        }
    }

    private static IEnumerable<string> Names(byte[] sample)
    {
        using var json = JsonDocument.Parse(sample);
        return [.. Names(json.RootElement)];
    }

    private static IEnumerable<string> Names(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Names(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static string Type(byte[] sample)
    {
        using var json = JsonDocument.Parse(sample);
        return json.RootElement.GetProperty("type").GetString()!;
    }
}
