using System.Text;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Import;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>XML that anyone may have written.</summary>
internal static class Xml
{
    private static readonly string[] Names = ["bns:Component", "bns:object", "bns:encryptedValues", "bns:encryptedValue", "processOverrides", "GenericConnectionConfig", "field", "shape", "connectoraction", "a", "b:c", "x"];

    private static readonly string[] Attributes = ["type", "name", "componentId", "isSet", "path", "id", "value", "usesEncryption", "xmlns:b", "xmlns", "version", "subType", "connectorType", "connectionId", "encrypted", "deleted"];

    private static readonly string[] Values = ["process", "connector-settings", "true", "01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d", "//a/b[@id='x']/@value", "http://api.platform.boomi.com/", "", "&lt;", "//field[@id='password']", "https", new('y', 300)];

    public static readonly Mutator Damage = new(
        Golden.All("components"),
        [.. Names.Select(name => $"<{name} "), .. Names.Select(name => $"</{name}>"), .. Attributes.Select(name => $" {name}=\""), .. Values, "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<!--", "-->", "<?a ", "?>", "xml:space=\"preserve\""]);

    public static byte[] Input(Dice dice) => dice.Below(6) switch
    {
        0 => Damage.Garbage(dice),
        1 => Encoding.UTF8.GetBytes(Garbage(dice)),
        _ => Damage.Damaged(dice),
    };

    private static string Garbage(Dice dice)
    {
        var xml = new StringBuilder("<bns:Component xmlns:bns=\"http://api.platform.boomi.com/\" type=\"process\" name=\"n\"><bns:object>");
        Elements(xml, dice, dice.OneIn(20) ? 220 : 4);
        return xml.Append("</bns:object>").Append(dice.OneIn(2) ? $"<bns:encryptedValues><bns:encryptedValue path=\"{dice.Of(Values)}\" isSet=\"true\"/></bns:encryptedValues>" : "").Append("</bns:Component>").ToString();
    }

    private static void Elements(StringBuilder xml, Dice dice, int depth)
    {
        for (var elements = depth > 4 ? 1 : dice.Below(4); elements > 0; elements--)
        {
            var name = dice.Of(Names);
            xml.Append('<').Append(name);
            foreach (var attribute in Attributes.Where(_ => dice.OneIn(6))) xml.Append(' ').Append(attribute).Append("=\"").Append(dice.Of(Values)).Append('"');
            xml.Append('>').Append(dice.OneIn(3) ? dice.Of(Values) : "");
            if (depth > 0) Elements(xml, dice, depth - 1);
            xml.Append("</").Append(name).Append('>');
        }
    }
}

/// <summary>What <c>import</c> reads.</summary>
internal sealed class AComponentFile : Target
{
    private readonly ComponentReader _reader = new(new Connectors());

    public override string Name => "component";

    public override int Weight => 6;

    public override byte[] Input(Dice dice) => Xml.Input(dice);

    public override string Judge(byte[] input)
    {
        try
        {
            var read = _reader.Read("file.xml", input);
            Broken.Unless(StoredContent.Of(Save(read.Content)) is { } stored && stored.Text == StoredContent.Of(Save(stored.Text))!.Text, "Its content is masked again when it is kept again.");
            return "read";
        }
        catch (ComponentFileException)
        {
            return "refused";
        }
    }

    private static SaveComponent Save(string? content) => new() { ComponentId = Guid.Empty, ComponentType = "process", Name = "n", Content = content };
}

/// <summary>Content as a command brings it: no mark of a secret may stop the one who keeps it.</summary>
internal sealed class StoredContents : Target
{
    public override string Name => "content";

    public override int Weight => 6;

    public override byte[] Input(Dice dice) => Xml.Input(dice);

    public override string Judge(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var stored = StoredContent.Of(new SaveComponent { ComponentId = Guid.Empty, ComponentType = "process", Name = "n", Content = text })!;
        Broken.Unless(stored.Hash.Length == 64, "It has no hash.");
        return stored.Text == text ? "as it is" : "masked";
    }
}

/// <summary>The differences of two contents.</summary>
internal sealed class UnifiedDiffs : Target
{
    public override string Name => "diff";

    public override int Weight => 3;

    /// <summary>Two texts, with a byte between them that is in neither.</summary>
    public override byte[] Input(Dice dice)
    {
        var one = dice.OneIn(3) ? Commands.Input(dice) : Xml.Input(dice);
        return [.. one.Where(b => b != 0xFE), 0xFE, .. dice.OneIn(4) ? Xml.Input(dice) : Xml.Damage.Damaged(one, dice)];
    }

    public override string Judge(byte[] input)
    {
        var middle = Array.IndexOf(input, (byte)0xFE);
        var (one, other) = (Side("before", input.AsSpan(0, middle)), Side("after", input.AsSpan(middle + 1)));
        var difference = new ContentDiff().Between(one, other);
        Broken.Unless(difference.Text is null != difference.LeftOut is null, "It says neither what differs nor why not, or both.");
        return difference.LeftOut ?? (difference.Formatted ? "laid out" : "as text");
    }

    private static ContentSide Side(string label, ReadOnlySpan<byte> text) => new(label, Encoding.UTF8.GetString(text), text.Length);
}
