using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Schema.Tests.Schemas;

namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class Commands_damaged_at_random
{
    private static readonly byte[][] Samples =
        [.. Message.All.Where(message => message.IsCommand).SelectMany(message => message.SampleFiles).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly byte[][] Splinters =
    [
        .. new[]
        {
            "\"", "\\", "\\u0000", "\\ud800", "\\u0041", "{", "}", "[", "]", ",", ":", "null", "true", "1e400", "-1", "NaN", "\"data\":{}", "\"actor\":\"x\",", "\"\":1,",
            "[[[[[[[[", "{\"a\":", " ", "\t", "\0", "\u00e4", "'; drop table mt_events; --", "../", "\"id\":null,", "99999999999", "01936F1E-7C2A-7B1E-9D54-3F2A6C1B0E9D", "\u202e",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
    ];

    private static readonly Gen<(int Kind, uint At, uint Length, int Splinter)> Damage =
        Gen.Select(Gen.Int[0, 4], Gen.UInt, Gen.UInt, Gen.Int[0, Splinters.Length - 1]);

    private static readonly Gen<byte[]> Damaged = Gen.Select(Gen.Int[0, Samples.Length - 1], Damage.Array[1, 4], (sample, damages) => damages.Aggregate(Samples[sample], Apply));

    [Fact]
    public void are_refused_or_read_as_they_stand() => Damaged.Sample(Judge, iter: 20_000, print: Encoding.UTF8.GetString);

    private static byte[] Apply(byte[] text, (int Kind, uint At, uint Length, int Splinter) damage)
    {
        var at = (int)(damage.At % (uint)(text.Length + 1));
        var end = Math.Min(text.Length, at + 1 + (int)(damage.Length % 20));
        return damage.Kind switch
        {
            0 => [.. text[..at], .. text[end..]],
            1 => [.. text[..at], .. Splinters[damage.Splinter], .. text[at..]],
            2 => [.. text[..at], .. Splinters[damage.Splinter], .. text[end..]],
            3 => [.. text[..end], .. text[at..]],
            _ => [.. text[..at], .. text[at..end].Select(b => (byte)(b ^ (1 << (int)(damage.Length % 8)))), .. text[end..]],
        };
    }

    private static void Judge(byte[] text)
    {
        var result = CommandParser.Parse(text, CommandDefaults.None);
        if (result.Envelope is not { } envelope)
        {
            result.Errors.ShouldNotBeEmpty();
            foreach (var (member, rule) in result.Errors) (member.Length < 400 && rule.Length < 400 && !$"{member} {rule}".Any(char.IsControl)).ShouldBeTrue();
            return;
        }

        // Whatever was accepted is the whole of what was sent, as another reader sees it.
        var sent = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
        var again = CommandWriter.ToCloudEvent(envelope.CommandId, envelope.Source, envelope.Command, envelope.Time, envelope.Extensions);
        JsonNode.DeepEquals(Plain(sent["data"]), Plain(JsonNode.Parse(again)!["data"])).ShouldBeTrue();
        envelope.CommandId.ShouldBe(Guid.Parse(sent["id"]!.GetValue<string>()));
        envelope.Type.ShouldBe(sent["type"]!.GetValue<string>());
        CommandParser.Parse(again, CommandDefaults.None).Envelope.ShouldNotBeNull().Fingerprint.Span.SequenceEqual(envelope.Fingerprint.Span).ShouldBeTrue();
    }

    /// <summary>Nulls left out and ids in lower case: what a command may change of what was written.</summary>
    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Key, Plain(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Plain)]),
        JsonValue value when value.TryGetValue<string>(out var text) && Guid.TryParseExact(text, "D", out var id) => JsonValue.Create(id.ToString()),
        _ => node?.DeepClone(),
    };
}
