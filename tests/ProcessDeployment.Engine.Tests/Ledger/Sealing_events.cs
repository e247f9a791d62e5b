using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Ledger;

public sealed class Sealing_events(EngineFixture engine)
{
    [Fact]
    public async Task covers_each_of_them_soon()
    {
        var shop = await Shop.OpenAsync(engine);

        var (first, all) = (await engine.SealedAsync(shop.Account, 1), await engine.SealedAsync(shop.Account, shop.Position));

        all.Head.Size.ShouldBeGreaterThanOrEqualTo(shop.Position);
        first.Number.ShouldBeLessThanOrEqualTo(all.Number);
        (await engine.LeavesAsync(shop.Account, 1, all.Head.Size)).Count.ShouldBe((int)all.Head.Size);
    }

    [Fact]
    public async Task one_by_one_or_many_at_once_grows_the_tree_of_the_RFC()
    {
        var account = await engine.NewAccountAsync();
        var atom = Guid.CreateVersion7();
        await account.DoAsync(new RegisterAtom { AtomId = atom, Name = "0" });
        var heads = new List<(long Size, string Root)>();
        var sent = 1;
        // More than two tiles, in steps that do not fit them.
        foreach (var step in new[] { 1, 3, 250, 2, 1, 260, 40 })
        {
            await Task.WhenAll(Enumerable.Range(sent, step).Select(i => account.SendAsync(new RenameAtom { AtomId = atom, Name = $"{i}" })));
            sent += step;
            var head = (await engine.SealedAsync(account, sent)).Head;
            heads.Add((head.Size, head.Root));
        }

        var leaves = await engine.LeavesAsync(account, 1, sent);
        foreach (var (size, root) in heads) root.ShouldBe(Convert.ToHexStringLower(NaiveTree.Root(leaves[..(int)size])), $"size {size}");
        (await engine.LeavesAsync(account, 200, 300)).ShouldBe(leaves[199..300]);
        foreach (var (position, size) in new[] { (1, 1), (1, sent), (256, 300), (257, 513), (400, sent), (sent, sent) })
        {
            var proof = await engine.Ledger().InclusionAsync(account.Name, position, size, TestContext.Current.CancellationToken);
            proof.LeafHash.ShouldBe(leaves[position - 1]);
            proof.Path.Chunk(32).ShouldBe(NaiveTree.Path(position - 1, leaves[..size]), $"{position} in {size}");
        }

        foreach (var (from, to) in new[] { (1, sent), (255, 256), (256, 513), (300, 300), (512, sent) })
        {
            var proof = await engine.Ledger().ConsistencyAsync(account.Name, from, to, TestContext.Current.CancellationToken);
            proof.Path.Chunk(32).ShouldBe(NaiveTree.SubProof(from, leaves[..to], true), $"{from} to {to}");
        }
    }
}
