using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Being_told_what_is_desired(EngineFixture engine)
{
    [Fact, Covers("R14")]
    public async Task is_the_current_version_of_each_process_that_is_deployed_there()
    {
        var (shop, atom) = await AttachedAsync();
        (await DesiredAsync(shop, atom)).Body.Items().ShouldBeEmpty("attached, and nothing deployed");
        await shop.DoAsync(Shop.Deploy(shop.Orders), Shop.Deploy(shop.Orders));

        var item = (await DesiredAsync(shop, atom)).Body.Items().ShouldHaveSingleItem();

        (item.Id("processId"), item.Text("name"), item.Number("versionNumber")).ShouldBe((shop.Orders, "Orders", 2));
        item.Text("digest").ShouldBe((await shop.AskAsync($"/processes/{shop.Orders}/versions/2")).Text("digest"));
        item.GetProperty("download").Text("status").ShouldBe("PendingDownload");
    }

    [Fact]
    public async Task costs_nothing_while_nothing_changes()
    {
        var (shop, atom) = await AttachedAsync();
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        var (_, _, tag) = await DesiredAsync(shop, atom);
        await shop.DoAsync(shop.SaveMap("what happens elsewhere"));

        (await DesiredAsync(shop, atom, tag)).Status.ShouldBe(HttpStatusCode.NotModified);
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        (await DesiredAsync(shop, atom, tag)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task of_an_atom_that_is_not_there_is_not_found()
    {
        var shop = await Shop.OpenAsync(engine);

        (await shop.Account.TryAskAsync($"/atoms/{Guid.CreateVersion7()}/desired")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.TryAskAsync($"/atoms/{Guid.CreateVersion7()}/changes")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.ProblemOfAsync($"/atoms/{shop.Production}/desired?asOf=1")).Member.ShouldBe("asOf");
    }

    [Fact]
    public async Task comes_at_once_and_only_to_whom_it_concerns()
    {
        var (shop, atom) = await AttachedAsync();
        await shop.AskAsync("/processes");
        using var stream = await AtomStream.OpenAsync(atom.Http, shop.Production);
        (await stream.NextAsync()).ShouldBe(shop.Position, "the first is where it begins");
        stream.Retry.ShouldBeInRange(1_000, 60_000);

        await shop.DoAsync(shop.SaveMap("2"), Shop.Attach(shop.Invoice, shop.Backup), Shop.Deploy(shop.Invoice));
        await shop.DoAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online });
        await shop.AskAsync("/processes");
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        (await stream.NextAsync()).ShouldBe(shop.Position);
    }

    [Fact]
    public async Task comes_when_it_is_detached_and_renamed_too()
    {
        var (shop, atom) = await AttachedAsync();
        await shop.AskAsync("/processes");
        using var stream = await AtomStream.OpenAsync(atom.Http, shop.Production);
        await stream.NextAsync();

        await shop.DoAsync(new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });
        (await stream.NextAsync()).ShouldBe(shop.Position);
        await shop.DoAsync(new RenameAtom { AtomId = shop.Production, Name = "Main" });
        (await stream.NextAsync()).ShouldBe(shop.Position);
    }

    [Fact]
    public async Task ends_when_the_token_is_revoked()
    {
        var (shop, _) = await AttachedAsync();
        var (atom, tokenId, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        using var stream = await AtomStream.OpenAsync(atom.Http, shop.Production);
        await stream.NextAsync();

        await AtomOutside.RevokeAsync(shop.Account, shop.Production, tokenId);

        for (var next = await stream.NextAsync(); next is not null; next = await stream.NextAsync()) next.Value.ShouldBeLessThan(shop.Position + 3);
    }

    private async Task<(Shop Shop, AtomOutside Atom)> AttachedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));
        return (shop, atom);
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body, string? Tag)> DesiredAsync(Shop shop, AtomOutside atom, string? tag = null) =>
        Eventually.BecomesAsync(() => atom.AskAsync($"/atoms/{shop.Production}/desired?atLeast={shop.Position}", tag), answer => answer.Status != HttpStatusCode.ServiceUnavailable);
}
