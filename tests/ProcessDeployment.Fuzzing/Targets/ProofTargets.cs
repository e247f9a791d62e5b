using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Client;
using ProcessDeployment.Client.Proofs;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Fuzzing.Harness;
using ProcessDeployment.Verifier;
using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>A proof that somebody hands to the pages: the golden checkpoint and keys, damaged. None may stop whoever looks at it.</summary>
internal sealed class AProof : Target
{
    private readonly Mutator _damage;

    public AProof()
    {
        using var golden = JsonDocument.Parse(Golden.Files("ledger")["checkpoint.json"]);
        var (checkpoint, keys) = (golden.RootElement.GetProperty("checkpoint").GetRawText(), golden.RootElement.GetProperty("keys").GetRawText());
        var proof = $$"""{"position":1,"size":1,"leafHash":"{{Convert.ToBase64String(new byte[32])}}","path":"{{Convert.ToBase64String(new byte[64])}}"}""";
        _damage = new([Encoding.UTF8.GetBytes($$"""{"proof":{{proof}},"checkpoint":{{checkpoint}},"keys":{{keys}}}""")], ["\"path\":[]", "\"path\":[\"zz\"]", "\"payload\":\"\"", "\"payload\":\"bnVsbA==\"", "\"size\":", "\"index\":", "\"signatures\":[]", "\"rotation\":null", "\"publicKey\":\"\"", "\"nextKey\":null"]);
    }

    public override string Name => "proof";

    public override int Weight => 2;

    public override byte[] Input(Dice dice) => _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        Handed? handed;
        try
        {
            handed = JsonSerializer.Deserialize<Handed>(input, WireJson.Options);
        }
        catch (JsonException)
        {
            return "no JSON of it";
        }

        if (handed is null) return "nothing";
        try
        {
            var check = ProofCheck.Of(handed.Proof, handed.Checkpoint, handed.Keys);
            Broken.Unless(!check.Holds, "It holds, and no leaf of zeros was ever sealed.");
            return check.IsSigned ? "signed" : check.IsCovered ? "covered" : "false";
        }
        catch (JsonException)
        {
            return "no checkpoint";
        }
    }

    private sealed record Handed(InclusionProof Proof, AccountCheckpoint Checkpoint, LedgerKeys Keys);
}

/// <summary>A bundle that was damaged, and whose manifest may have been made to fit: never proven where an event was touched.</summary>
internal sealed class AnAuditBundle : Target
{
    private static readonly SortedDictionary<string, byte[]> Sample = Golden.Bundle();
    private static readonly string[] Names = [.. Sample.Keys];
    private static readonly Mutator Damage = new([.. Sample.Values], ["\"position\":", "\"dataHash\":\"00\",", "\"size\":", "\"files\":{}", "\"path\":[", "\"payload\":\"\"", "\"../x\":", "\"lastPosition\":9007199254740993,"]);

    public override string Name => "bundle";

    public override int Weight => 1;

    /// <summary>Which file, whether the manifest is made to fit, and what is in the file.</summary>
    public override byte[] Input(Dice dice)
    {
        var file = dice.Below(Names.Length);
        return [(byte)file, (byte)dice.Below(4), .. Damage.Damaged(Sample[Names[file]], dice)];
    }

    public override string Judge(byte[] input)
    {
        var (name, content) = (Names[input[0]], input[2..]);
        var files = new Dictionary<string, byte[]>(Sample, StringComparer.Ordinal) { [name] = content };
        if (input[1] > 0 && name != Manifest.Name) files[Manifest.Name] = Fitting(name, content);
        var report = new Report(TextWriter.Null);
        try
        {
            using var bundle = new InMemory(files);
            new BundleCheck(bundle, Arguments.Of(["memory"]), report).Run();
        }
        catch (UnreadableException)
        {
            return "cannot be read";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The program says so and why, whatever it is; see Verification.
            return $"cannot be read: {e.GetType().Name}";
        }

        var code = report.Conclude();
        Broken.Unless(code != Verification.Proven || name is not ("events.jsonl" or "leaves.bin") || content.AsSpan().SequenceEqual(Sample[name]), "It is proven, and an event is another one.");
        return code switch { Verification.Proven => "proven", Verification.Altered => "altered", _ => "cannot be judged" };
    }

    private static byte[] Fitting(string name, byte[] content)
    {
        var manifest = JsonNode.Parse(Sample[Manifest.Name])!;
        manifest["files"]![name] = Convert.ToHexStringLower(SHA256.HashData(content));
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    private sealed class InMemory(IReadOnlyDictionary<string, byte[]> files) : Bundle
    {
        public override Stream? Find(string name) => files.TryGetValue(name, out var content) ? new MemoryStream(content, writable: false) : null;
    }
}
