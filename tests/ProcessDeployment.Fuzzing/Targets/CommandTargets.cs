using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>What <see cref="CommandParser"/> makes of a text, for every channel.</summary>
internal static class Commands
{
    public static readonly Mutator Damage = new(Golden.All("golden", "commands/"), JsonGarbage.Words);

    public static byte[] Input(Dice dice) => dice.Below(5) switch
    {
        0 => JsonGarbage.Command(dice),
        1 => Damage.Garbage(dice),
        _ => Damage.Damaged(dice),
    };

    /// <summary>Refused with words a person can read, or read as it stands: written again it is the same command.</summary>
    public static string Judge(ParseResult? result, ReadOnlyMemory<byte> text)
    {
        if (result is null) return "nothing";
        if (result.Envelope is not { } envelope)
        {
            Broken.Unless(result.Errors.Count is > 0 and <= 20, "It was refused without a reason, or with too many.");
            foreach (var (member, rule) in result.Errors) Broken.Unless(member.Length < 400 && rule.Length < 400 && !$"{member} {rule}".Any(char.IsControl), $"A reason is not for people: {member} {rule}");
            return result.IsNewer ? "newer" : "refused";
        }

        var sent = JsonNode.Parse(text.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
        var again = CommandWriter.ToCloudEvent(envelope.CommandId, envelope.Source, envelope.Command, envelope.Time, envelope.Extensions);
        Broken.Unless(JsonNode.DeepEquals(Plain(sent["data"]), Plain(JsonNode.Parse(again)!["data"])), "It was read as something else than it says.");
        Broken.Unless(envelope.CommandId == Guid.Parse(sent["id"]!.GetValue<string>()) && envelope.Type == sent["type"]!.GetValue<string>(), "Its id or its type is another one.");
        var second = CommandParser.Parse(again, CommandDefaults.None).Envelope;
        Broken.Unless(second is not null && second.Fingerprint.Span.SequenceEqual(envelope.Fingerprint.Span), "Written again it is another command.");
        return "accepted";
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

internal sealed class OneCommand : Target
{
    public override string Name => "command";

    public override int Weight => 40;

    public override byte[] Input(Dice dice) => Commands.Input(dice);

    public override string Judge(byte[] input) => Commands.Judge(CommandParser.Parse(input, CommandDefaults.None), input);
}

internal sealed class OneLine : Target
{
    public override string Name => "line";

    public override int Weight => 20;

    public override byte[] Input(Dice dice) => [.. dice.OneIn(4) ? (byte[])[0xEF, 0xBB, 0xBF] : [], .. Encoding.UTF8.GetBytes(dice.Of(["", " ", "\t"])), .. Commands.Input(dice), .. Encoding.UTF8.GetBytes(dice.Of(["", "\n", "\r\n"]))];

    public override string Judge(byte[] input)
    {
        var text = input.AsMemory();
        if (text.Span.StartsWith((byte[])[0xEF, 0xBB, 0xBF])) text = text[3..];
        return Commands.Judge(CommandParser.ParseLine(input, CommandDefaults.None), text);
    }
}

internal sealed class ABatch : Target
{
    public override string Name => "batch";

    public override int Weight => 10;

    public override byte[] Input(Dice dice)
    {
        var text = new List<byte> { (byte)'[' };
        for (var items = dice.OneIn(50) ? dice.Between(900, 1_100) : dice.Below(5); items > 0; items--)
        {
            text.AddRange(items > 20 ? "{}"u8 : Commands.Input(dice));
            if (items > 1 || dice.OneIn(9)) text.Add((byte)',');
        }

        text.Add((byte)']');
        return dice.OneIn(3) ? Commands.Damage.Damaged([.. text], dice) : [.. text];
    }

    public override string Judge(byte[] input)
    {
        var batch = CommandParser.ParseBatch(input, new("acme", null));
        Broken.Unless(batch.Items.Count == 0 || batch.Errors.Count == 0, "It was refused and read.");
        foreach (var item in batch.Items) Broken.Unless(item.WellFormed != item.Errors.Count > 0, "An item has no command and no error, or both.");
        return batch.Errors.Count > 0 ? "refused" : batch.Items.Any(item => item.WellFormed) ? "accepted in part" : "read";
    }
}
