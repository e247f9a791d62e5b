using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>The current version is what was deployed, the acknowledged version what the Atom says it runs; no list mixes them.</summary>
public sealed class Following_downloads(EngineFixture engine)
{
    [Fact, Covers("R15", "#2", "#15")]
    public async Task a_version_is_pending_on_each_atom_until_the_atom_acknowledges_it()
    {
        var shop = await DeployedAsync();
        (await StatesAsync(shop)).ShouldBe([("Production", null, "PendingDownload"), ("backup", null, "PendingDownload")], ignoreOrder: true);

        await shop.DoAsync(await AcknowledgeAsync(shop, shop.Production, 1));

        (await StatesAsync(shop)).ShouldBe([("Production", 1, "InSync"), ("backup", null, "PendingDownload")], ignoreOrder: true);
        (await DownloadAsync(shop, $"/atoms/{shop.Production}/deployments")).ShouldBe((1, "InSync"));
    }

    [Fact]
    public async Task the_next_version_is_pending_and_the_one_before_runs_on()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(await AcknowledgeAsync(shop, shop.Production, 1), Shop.Deploy(shop.Orders));

        (await DownloadAsync(shop, $"/atoms/{shop.Production}/deployments")).ShouldBe((1, "PendingDownload"));
        var before = shop.Position - 1;
        (await shop.Account.AskAsync($"/atoms/{shop.Production}/deployments?asOf={before}", before)).Items().ShouldHaveSingleItem()
            .GetProperty("download").Text("status").ShouldBe("InSync");
    }

    [Fact]
    public async Task a_download_that_failed_says_why()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(await AcknowledgeAsync(shop, shop.Production, 1, "no space left on device"));

        var version = await shop.AskAsync($"/processes/{shop.Orders}/versions/1");

        var atom = version.GetProperty("atoms").EnumerateArray().Single(atom => atom.Id("atomId") == shop.Production);
        (atom.GetProperty("download").Text("status"), atom.GetProperty("download").Text("message")).ShouldBe(("DownloadFailed", "no space left on device"));
    }

    [Fact, Covers("#8")]
    public async Task what_was_acknowledged_before_a_detachment_does_not_count_after_it()
    {
        var shop = await DeployedAsync();
        await shop.DoAsync(
            await AcknowledgeAsync(shop, shop.Production, 1),
            new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] },
            Shop.Attach(shop.Orders, shop.Production));

        (await DownloadAsync(shop, $"/atoms/{shop.Production}/deployments")).ShouldBe((null, "PendingDownload"));
    }

    [Fact]
    public async Task an_atom_is_listed_with_what_it_says_of_itself_now_and_then()
    {
        var shop = await Shop.OpenAsync(engine);
        var before = shop.Position;
        await shop.DoAsync(new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online });
        await shop.DoAsync(new RenameAtom { AtomId = shop.Production, Name = "Main" });

        (await shop.AskAsync($"/atoms/{shop.Production}")).Text("status").ShouldBe("ONLINE");
        (await shop.Account.AskAsync($"/atoms/{shop.Production}?asOf={before}", before)).Text("status").ShouldBe("UNKNOWN");
    }

    private async Task<Shop> DeployedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Deploy(shop.Orders));
        return shop;
    }

    private static async Task<AcknowledgeVersion> AcknowledgeAsync(Shop shop, Guid atomId, int number, string? failure = null) => new()
    {
        ProcessId = shop.Orders,
        AtomId = atomId,
        VersionNumber = number,
        Digest = (await shop.AskAsync($"/processes/{shop.Orders}/versions/{number}")).Text("digest")!,
        Status = failure is null ? DownloadStatus.Downloaded : DownloadStatus.Failed,
        Message = failure,
    };

    private static async Task<List<(string? Name, int? Acknowledged, string? Status)>> StatesAsync(Shop shop) =>
        [.. (await shop.AskAsync($"/processes/{shop.Orders}/attachments")).GetProperty("attached").EnumerateArray()
            .Select(atom => (atom.Text("name"), Of(atom).Acknowledged, Of(atom).Status))];

    private static async Task<(int? Acknowledged, string? Status)> DownloadAsync(Shop shop, string path) => Of((await shop.AskAsync(path)).Items().ShouldHaveSingleItem());

    private static (int? Acknowledged, string? Status) Of(System.Text.Json.JsonElement item)
    {
        var download = item.GetProperty("download");
        return (download.GetProperty("acknowledgedVersion") is { ValueKind: System.Text.Json.JsonValueKind.Number } number ? number.GetInt32() : null, download.Text("status"));
    }
}
