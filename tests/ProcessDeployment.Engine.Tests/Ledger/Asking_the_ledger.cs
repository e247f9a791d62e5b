using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Verifier.Checkpoints;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Engine.Tests.Ledger;

public sealed class Asking_the_ledger(EngineFixture engine)
{
    private readonly Verifier.Report _report = new(TextWriter.Null);

    [Fact]
    public async Task for_a_checkpoint_gives_one_that_proves_the_head_of_the_account()
    {
        var shop = await SealedAsync();
        var keys = await KeysAsync(shop.Account);

        var (last, covering) = (await shop.Account.AskAsync("/ledger/checkpoint"), await shop.Account.AskAsync("/ledger/checkpoint?covering=3"));

        foreach (var answer in new[] { last, covering }) new CheckpointCheck(keys, _report).Refuse(AccountCheckpoint.Of(answer), shop.Account.Name).ShouldBeNull();
        AccountCheckpoint.Of(last).Head.Size.ShouldBe(7);
        AccountCheckpoint.Of(covering).Head.Size.ShouldBeInRange(3, 7);
        (await shop.Account.AskAsync("/ledger/checkpoint?covering=3")).ToString().ShouldBe(covering.ToString());
    }

    [Fact]
    public async Task for_a_checkpoint_after_others_went_on_gives_the_same_head_with_another_proof()
    {
        var (shop, other) = (await SealedAsync(), await SealedAsync());
        var before = AccountCheckpoint.Of(await shop.Account.AskAsync("/ledger/checkpoint"));
        await other.DoAsync(new RenameAtom { AtomId = other.Backup, Name = "renamed" });
        await engine.SealedAsync(other.Account, 8);

        var after = AccountCheckpoint.Of(await shop.Account.AskAsync("/ledger/checkpoint"));

        after.Head.Root.ShouldBe(before.Head.Root);
        after.Checkpoint.Number.ShouldBeGreaterThan(before.Checkpoint.Number);
        new CheckpointCheck(await KeysAsync(shop.Account), _report).Refuse(after, shop.Account.Name).ShouldBeNull();
    }

    [Fact]
    public async Task for_proofs_gives_some_that_lead_to_the_head()
    {
        var shop = await SealedAsync();
        var head = AccountCheckpoint.Of(await shop.Account.AskAsync("/ledger/checkpoint")).Head;
        var leaves = await engine.LeavesAsync(shop.Account, 1, 7);

        for (var position = 1; position <= 7; position++)
        {
            var proof = await shop.Account.AskAsync($"/ledger/proof/{position}");
            proof.GetProperty("leafHash").GetBytesFromBase64().ShouldBe(leaves[position - 1]);
            Merkle.RootOf(leaves[position - 1], position - 1, 7, [.. proof.GetProperty("path").GetBytesFromBase64().Chunk(32)]).ShouldBe(head.Root);
        }

        var grown = (await shop.Account.AskAsync("/ledger/consistency?from=3&to=7")).GetProperty("path").GetBytesFromBase64();
        Consistency.Holds(3, NaiveTree.Root(leaves[..3]), 7, head.Root, [.. grown.Chunk(32)]).ShouldBeTrue();
        (await shop.Account.AskAsync("/ledger/proof/2?size=4")).GetProperty("path").GetBytesFromBase64().Length.ShouldBe(64);
    }

    [Fact]
    public async Task for_what_was_published_gives_every_checkpoint_once_in_its_order()
    {
        var shop = await SealedAsync();
        using var response = await shop.Account.Http.GetAsync(new Uri("/api/v1/ledger/checkpoints", UriKind.Relative), TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var checkpoints = lines.Select(line => Checkpoint.Of(JsonElement.Parse(line))).ToList();

        checkpoints.Select(checkpoint => checkpoint.Number).ShouldBe(Enumerable.Range(1, lines.Length).Select(number => (long)number));
        checkpoints.Skip(1).Select(checkpoint => checkpoint.Previous).ShouldBe(checkpoints.SkipLast(1).Select(checkpoint => checkpoint.PayloadHash));
        var file = Path.Combine(engine.DataFolder, "ledger", "checkpoints.jsonl");
        (await Eventually.BecomesAsync(() => File.ReadAllLinesAsync(file), published => published.Length >= lines.Length)).Take(lines.Length).ShouldBe(lines);
    }

    [Fact]
    public async Task before_anything_is_sealed_says_to_come_again()
    {
        var account = await engine.NewAccountAsync();

        foreach (var path in new[] { "/ledger/checkpoint", "/ledger/checkpoint?covering=1", "/ledger/proof/1", "/ledger/consistency?from=1" })
        {
            var (status, body) = await account.TryAskAsync(path);
            (status, body.Text("code")).ShouldBe((HttpStatusCode.ServiceUnavailable, "not-sealed-yet"), path);
        }

        (await account.AskAsync("/ledger")).GetProperty("sealed").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("/ledger/proof/0", "position")]
    [InlineData("/ledger/proof/x", "position")]
    [InlineData("/ledger/proof/3?size=2", "size")]
    [InlineData("/ledger/checkpoint?covering=-1", "covering")]
    [InlineData("/ledger/consistency", "from")]
    [InlineData("/ledger/consistency?from=3&to=2", "to")]
    [InlineData("/ledger/keys?take=1", "take")]
    [InlineData("/ledger/checkpoints?after=x", "after")]
    [InlineData("/ledger?asOf=1", "asOf")]
    public async Task badly_is_answered_with_the_member(string path, string member)
    {
        var account = await engine.NewAccountAsync();

        (await account.ProblemOfAsync(path)).Member.ShouldBe(member);
    }

    [Fact]
    public async Task to_change_its_key_is_for_the_operator_only()
    {
        var account = await engine.NewAccountAsync();

        using var response = await account.Http.PostAsync(new Uri("/api/v1/ledger/rotate-key", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<KeyChain> KeysAsync(TestAccount account) => KeyChain.Of(KeyDocument.ListOf(await account.AskAsync("/ledger/keys")), null, new(TextWriter.Null));

    private async Task<Shop> SealedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await engine.SealedAsync(shop.Account, 7);
        return shop;
    }
}
