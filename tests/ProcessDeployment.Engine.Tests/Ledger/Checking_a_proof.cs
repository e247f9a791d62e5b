using System.Text.Json;
using ProcessDeployment.Client;
using ProcessDeployment.Client.Proofs;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>What the pages check of a proof, against the golden vectors that everybody else is held against, and against an engine.</summary>
public sealed class Checking_a_proof(EngineFixture engine)
{
    private static readonly JsonElement Trees = Read("trees.json");
    private static readonly JsonElement Signed = Read("checkpoint.json");
    private static readonly AccountCheckpoint Kept = Signed.GetProperty("checkpoint").Deserialize<AccountCheckpoint>(WireJson.Options)!;
    private static readonly LedgerKeys Keys = Signed.GetProperty("keys").Deserialize<LedgerKeys>(WireJson.Options)!;
    private static readonly InclusionProof Foreign = new(1, 1, new byte[32], []);

    [Fact]
    public void leads_each_leaf_to_its_root_and_to_no_other()
    {
        var (leaves, roots) = (Trees.Items("leafHashes").Select(Hash).ToList(), Trees.Items("roots").Select(Hash).ToList());
        foreach (var proof in Trees.Items("inclusion"))
        {
            var (position, size, path) = (proof.GetProperty("position").GetInt64(), proof.GetProperty("size").GetInt64(), proof.Items("path").SelectMany(Hash).ToArray());

            MerkleTree.Root(leaves[(int)position - 1], position - 1, size, path).ShouldBe(roots[(int)size]);
            MerkleTree.Root(leaves[(int)position - 1], position - 1, size, [.. path, .. new byte[32]]).ShouldBeNull("the path is too long");
            if (path.Length > 0) MerkleTree.Root(leaves[(int)position - 1], position - 1, size, path.AsSpan(32)).ShouldNotBe(roots[(int)size]);
        }
    }

    [Fact]
    public void follows_the_keys_to_the_one_that_signed()
    {
        var check = ProofCheck.Of(Foreign, Kept, Keys);

        (check.IsCovered, check.IsSigned, check.IsKeyOfLedger, check.IsInTree, check.Holds).ShouldBe((true, true, true, false, false));
    }

    [Fact]
    public void finds_what_was_altered()
    {
        var (signature, payload) = (Kept.Checkpoint.Signatures[0], (byte[])[.. Kept.Checkpoint.Payload]);
        payload[^3] ^= 1;

        ProofCheck.Of(Foreign, Kept with { Head = Kept.Head with { Size = Kept.Head.Size + 1 } }, Keys).IsCovered.ShouldBeFalse();
        ProofCheck.Of(Foreign, Kept with { Checkpoint = Kept.Checkpoint with { Signatures = [signature with { Sig = new byte[64] }] } }, Keys).IsSigned.ShouldBeFalse();
        ProofCheck.Of(Foreign, Kept, Keys with { Keys = [Keys.Keys[1]] }).IsKeyOfLedger.ShouldBeTrue("the first that is given counts as the first of the ledger");
        ProofCheck.Of(Foreign, Kept, Keys with { Keys = [Keys.Keys[0], Keys.Keys[1] with { Rotation = null }] }).IsKeyOfLedger.ShouldBeFalse();
        ProofCheck.Of(Foreign, Kept, Keys with { Keys = [Keys.Keys[0]] }).IsKeyOfLedger.ShouldBeFalse();
    }

    [Fact]
    public void takes_what_is_no_hash_for_no_proof()
    {
        foreach (var hash in new[] { "", "zz", new string('z', 64), null! }) ProofCheck.Of(Foreign, Kept with { Path = [hash] }, Keys).IsCovered.ShouldBeFalse();
        ProofCheck.Of(Foreign, Kept with { Checkpoint = Kept.Checkpoint with { Signatures = [null!] } }, Keys with { Keys = [null!] }).Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task of_an_engine_holds_for_each_of_its_changes()
    {
        var shop = await Shop.OpenAsync(engine);
        // Not what a list shows: it may not have come further than the first change yet.
        var position = shop.Position;
        await Eventually.BecomesAsync(() => shop.Account.AskAsync("/ledger"), ledger => ledger.GetProperty("sealed").GetInt64() >= position);
        var api = new EngineApi(shop.Account.Http, "//tests");
        var (checkpoint, keys) = (await api.CheckpointAsync(TestContext.Current.CancellationToken), await api.LedgerKeysAsync(TestContext.Current.CancellationToken));

        for (var at = 1L; at <= position; at++)
        {
            var proof = await api.InclusionAsync(at, checkpoint.Head.Size, TestContext.Current.CancellationToken);
            ProofCheck.Of(proof, checkpoint, keys).Holds.ShouldBeTrue();
            ProofCheck.Of(proof with { Position = at % position + 1 }, checkpoint, keys).Holds.ShouldBeFalse();
        }
    }

    private static byte[] Hash(JsonElement digits) => Convert.FromHexString(digits.GetString()!);

    private static JsonElement Read(string name) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", name)));
}
