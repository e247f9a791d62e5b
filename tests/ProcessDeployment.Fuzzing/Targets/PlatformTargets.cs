using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>Objects in one form: refused with words a person can read, or read as what it is written as again, in either form.</summary>
internal abstract class PlatformObjectTarget : Target
{
    private static readonly string[] Words =
    [
        "\"@type\":\"", "\"@type\":1,", .. Platform.Types.Select(type => $"\"{type.Name}\""), .. Platform.Types.SelectMany(type => type.Fields).Select(field => $"\"{field.Name}\":").Distinct(StringComparer.Ordinal),
        "<bns:", "</bns:", " xmlns:bns=\"http://api.platform.boomi.com/\"", " xsi:type=\"bns:Atom\"", "<result>", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "<![CDATA[", "]]>", "&#13;", "&#0;",
    ];

    private readonly Mutator _damage = new([.. Platform.Types.Select(type => Platform.Json(Platform.Made(type, new(7)))), .. Platform.Types.Select(type => Platform.Xml(Platform.Made(type, new(8))))], Words);

    public override int Weight => 8;

    /// <summary>The type stands before the body.</summary>
    public override byte[] Input(Dice dice)
    {
        var type = dice.Below(Platform.Types.Count);
        var made = Platform.Made(Platform.Types[type], dice);
        return [(byte)type, .. dice.Below(10) switch { 0 => dice.OneIn(20) ? Mistakes(dice) : _damage.Garbage(dice), 1 => _damage.Damaged(dice), 2 => Write(made), _ => _damage.Damaged(Write(made), dice) }];
    }

    public override string Judge(byte[] input)
    {
        if (input.Length == 0) return "nothing";
        var (type, body) = (Platform.Types[input[0] % Platform.Types.Count], input[1..]);
        if (type.Name == "BulkRequest") Platform.Read(PlatformBody.ReadBulkAsync(Platform.Request(body, MediaType)));
        if (Platform.Read(PlatformBody.ReadAsync(Platform.Request(body, MediaType), type)) is not { } read) return "refused";
        var json = Platform.Json(read);
        Broken.Unless(Platform.Read(PlatformBody.ReadAsync(Platform.Request(json, PlatformForm.Json), type)) is { } again && Platform.Json(again).AsSpan().SequenceEqual(json), $"As JSON it is another one: {Platform.Text(json)}");
        var (xml, plain) = (Platform.Xml(read), Platform.Json(Platform.AsXml(read)));
        Broken.Unless(Platform.Read(PlatformBody.ReadAsync(Platform.Request(xml, PlatformForm.Xml), type)) is { } other && Platform.Json(other).AsSpan().SequenceEqual(plain), $"As XML it is another one: {Platform.Text(xml)} of {Platform.Text(plain)}");
        return "read";
    }

    /// <summary>Nothing but members that there are not.</summary>
    private static byte[] Mistakes(Dice dice) => Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, dice.Below(3_000)).Select(n => $"\"{n}\":{n}"))}}}");

    protected abstract string MediaType { get; }

    protected abstract byte[] Write(WireObject value);
}

internal sealed class PlatformJson : PlatformObjectTarget
{
    public override string Name => "platform-json";

    protected override string MediaType => PlatformForm.Json;

    protected override byte[] Write(WireObject value) => Platform.Json(value);
}

internal sealed class PlatformXml : PlatformObjectTarget
{
    public override string Name => "platform-xml";

    protected override string MediaType => PlatformForm.Xml;

    protected override byte[] Write(WireObject value) => Platform.Xml(value);
}

/// <summary>Ids that are made of others: one thing has one.</summary>
internal sealed class PlatformIds : Target
{
    private readonly Mutator _damage = new(
        [.. Enumerable.Range(0, 8).SelectMany(n => new[] { PairId.Of(new Guid(n, 2, 3, new byte[8]), Guid.Empty), PackedId.Of(new Guid(n, 2, 3, new byte[8]), n * 1000), Engine.AtomSphere.Objects.ExecutionId.RequestOf(new Guid(n, 2, 3, new byte[8])), "processproperty/a/b/c" }).Select(Encoding.UTF8.GetBytes)],
        ["=", "==", "-", "_", "+", "/", "execution-", "executionrecord-", "connection/", "property/", new('A', 44)]);

    public override string Name => "platform-id";

    public override int Weight => 20;

    public override byte[] Input(Dice dice) => dice.OneIn(4) ? _damage.Garbage(dice) : _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        var id = Encoding.UTF8.GetString(input);
        if (Engine.AtomSphere.Objects.ExtensionKey.Read(id) is { } key) Broken.Unless(id.StartsWith($"{key.Kind}/", StringComparison.Ordinal) && id.EndsWith(key.Name, StringComparison.Ordinal), "It is read as another key.");
        if (Engine.AtomSphere.Objects.ExecutionId.Read(id) is { } run) Broken.Unless(Engine.AtomSphere.Objects.ExecutionId.Read(Engine.AtomSphere.Objects.ExecutionId.RequestOf(run)) == run, "It is read as another run.");
        if (PairId.Read(id) is var (first, second)) return PairId.Of(first, second) == id ? "a pair" : throw new Broken("One pair has two ids.");
        if (PackedId.Read(id) is var (process, number)) return PackedId.Of(process, number) == id ? "packed" : throw new Broken("One thing has two ids.");
        return "none";
    }
}

/// <summary>Types of bodies and of answers, as headers say them.</summary>
internal sealed class PlatformMedia : Target
{
    private readonly Mutator _damage = new([.. new[] { "application/json", "application/xml; charset=utf-8", "text/xml;q=0.3, application/json;q=0.8, */*", "application/vnd.x+json", "text/plain;json" }.Select(Encoding.UTF8.GetBytes)], ["q=", ";", ",", "/", "*", "+xml", "\"", "=", "q=99"]);

    public override string Name => "platform-media";

    public override int Weight => 20;

    public override byte[] Input(Dice dice) => dice.OneIn(4) ? _damage.Garbage(dice) : _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var request = Platform.Request([], text);
        request.Headers.Accept = text;
        var (isJson, isXml) = (PlatformForm.IsJsonType(text), PlatformForm.IsXmlType(text));
        Broken.Unless(!(isJson && isXml), "It is both.");
        Broken.Unless(!isJson || text.TrimStart().StartsWith("application", StringComparison.OrdinalIgnoreCase), "A page of another site can send it unasked.");
        return PlatformForm.IsJson(request) ? "json" : isXml ? "xml" : "neither";
    }
}

/// <summary>What programs come in with: a user and a password, and keys in their place.</summary>
internal sealed class BasicAndKeys : Target
{
    private readonly Mutator _damage = new(
        [.. new[] { "kim:password", ":", "key:pdak_acme.01936f1e7c2a7b1e9d543f2a6c1b0e9d.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "BOOMI_TOKEN.kim@example.com:x:y" }.Select(Encoding.UTF8.GetBytes)], ["pdak_", ".", ":", "BOOMI_TOKEN."]);

    private readonly Mutator _encoded = new([.. new[] { "kim:password", "key:pdak_acme.x.y" }.Select(text => Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))))], ["=", "==", " ", "\n", "-", "_"]);

    public override string Name => "basic";

    public override int Weight => 20;

    /// <summary>Damaged before it is encoded, or after.</summary>
    public override byte[] Input(Dice dice) => dice.OneIn(3) ? _encoded.Damaged(dice) : Encoding.UTF8.GetBytes(Convert.ToBase64String(dice.OneIn(4) ? _damage.Garbage(dice) : _damage.Damaged(dice)));

    public override string Judge(byte[] input)
    {
        if (Engine.Identity.BasicCredentials.Read(Encoding.UTF8.GetString(input)) is not { } read) return "none";
        Broken.Unless(!read.User.Contains(':', StringComparison.Ordinal) && read.ToString() == new Engine.Identity.BasicCredentials(read.User, "").ToString(), "It shows itself, or its user is another.");
        if (!Engine.Identity.Keys.ApiKeyText.TryParse(read.Password, out var key)) return "a password";
        Broken.Unless(AccountIds.IsWellFormed(key.AccountId) && key.Hash.Length == 64 && read.Password.StartsWith($"pdak_{key.AccountId}.{key.KeyId:n}.", StringComparison.OrdinalIgnoreCase), "It names another key than it says.");
        return "a key";
    }
}
