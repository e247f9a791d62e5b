using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Agents;

public sealed class Running_an_agent(EngineFixture engine)
{
    /// <summary>Larger than what lies on the way between two processes.</summary>
    private static readonly string Large = string.Concat(Enumerable.Range(0, 400_000).Select(number => $"{number}\n"));

    [Fact, Covers("R14", "R15")]
    public async Task beside_another_brings_each_deploy_to_both()
    {
        var shop = await DeployedAsync(shop => shop.Production, shop => shop.Backup);
        await using var one = await AgentProcess.StartAsync(engine, shop, shop.Production);
        await using var other = await AgentProcess.StartAsync(engine, shop, shop.Backup);
        await InSyncAsync(shop, 1, shop.Production, shop.Backup);
        (await shop.AskAsync($"/atoms/{shop.Production}")).Text("status").ShouldBe("ONLINE");

        await shop.DoAsync(shop.SaveMap("2"), Shop.Deploy(shop.Orders));

        await InSyncAsync(shop, 2, shop.Production, shop.Backup);
        var digest = (await shop.AskAsync($"/processes/{shop.Orders}/versions/2")).Text("digest");
        foreach (var agent in (AgentProcess[])[one, other])
            await Eventually.BecomesAsync(() => Task.FromResult(Directory.GetFiles(agent.Bundles).Select(Path.GetFileName).ToList()), files => files is [var only] && only == $"{digest}.tar");
        await one.StopAsync();
        await Eventually.BecomesAsync(() => shop.Account.AskAsync($"/atoms/{shop.Production}"), atom => atom.Text("status") == "OFFLINE");
    }

    [Fact]
    public async Task that_is_killed_in_the_middle_of_a_download_goes_on_there()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await shop.DoAsync(shop.SaveMap(Large), Shop.Deploy(shop.Orders));
        await using var between = await Between.StartAsync(engine);
        between.StopsAfter = 1_000_000;
        await using var agent = await AgentProcess.StartAsync(engine, shop, shop.Production, between.Url);
        await Eventually.BecomesAsync(() => Task.FromResult(Directory.GetFiles(agent.Bundles, "*.part").Sum(file => new FileInfo(file).Length)), length => length > 500_000);

        await agent.KillAsync();
        between.StopsAfter = null;
        agent.Start();

        await InSyncAsync(shop, 2, shop.Production);
        between.Seen.ShouldContain(seen => seen.Range != null && seen.Status == 206, agent.Said);
    }

    [Fact]
    public async Task refuses_what_was_altered_on_its_way_and_fetches_it_again()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var between = await Between.StartAsync(engine);
        between.Altered = 2_050;
        await using var agent = await AgentProcess.StartAsync(engine, shop, shop.Production, between.Url);

        var failed = await Eventually.BecomesAsync(() => DownloadAsync(shop, shop.Production), download => download.Text("status") == "DownloadFailed");
        failed.Text("message")!.ShouldContain("is refused");
        Directory.GetFiles(agent.Bundles, "*.tar").ShouldBeEmpty();

        between.Altered = null;
        await InSyncAsync(shop, 1, shop.Production);
    }

    [Fact]
    public async Task refuses_what_was_altered_on_its_disk_and_fetches_it_again()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var agent = await AgentProcess.StartAsync(engine, shop, shop.Production);
        await InSyncAsync(shop, 1, shop.Production);
        var file = Directory.GetFiles(agent.Bundles, "*.tar").ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        byte[] altered = [.. bytes];
        altered[2_050] ^= 1;

        await File.WriteAllBytesAsync(file, altered, TestContext.Current.CancellationToken);

        var told = await Eventually.BecomesAsync(() => shop.Account.AskAsync($"/audit?atom={shop.Production}&type=download-failed"), audit => audit.Items().Count > 0);
        told.Items()[0].Text("summary")!.ShouldContain("was altered on disk");
        await InSyncAsync(shop, 1, shop.Production);
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(bytes);
    }

    [Fact]
    public async Task believes_nobody_but_whose_key_is_pinned()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        agent.Pin(stranger.ExportSubjectPublicKeyInfo());

        agent.Start();

        var failed = await Eventually.BecomesAsync(() => DownloadAsync(shop, shop.Production), download => download.Text("status") == "DownloadFailed");
        failed.Text("message")!.ShouldContain("no pinned key signed it");
    }

    /// <summary>It retries at once in tests, so an agent that went on asking would be refused dozens of times.</summary>
    [Fact]
    public async Task whose_token_was_revoked_says_so_and_asks_no_more_until_it_has_another()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var between = await Between.StartAsync(engine);
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production, between.Url);
        var tokenId = await agent.PutTokenAsync(engine, shop);
        agent.Start();
        await InSyncAsync(shop, 1, shop.Production);

        await AtomOutside.RevokeAsync(shop.Account, shop.Production, tokenId);
        await agent.SaysAsync("The engine does not let this Atom in: 401");
        await shop.DoAsync(shop.SaveMap("2"), Shop.Deploy(shop.Orders));
        await agent.PutTokenAsync(engine, shop);

        await InSyncAsync(shop, 2, shop.Production);
        between.Seen.Count(seen => seen.Status == 401).ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task before_the_engine_is_there_waits_for_it()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var between = await Between.StartAsync(engine);
        between.Down = true;
        await using var agent = await AgentProcess.StartAsync(engine, shop, shop.Production, between.Url);
        await agent.SaysAsync("trying again");

        between.Down = false;

        await InSyncAsync(shop, 1, shop.Production);
    }

    /// <summary>Each wait is a fifth longer or shorter than its step, so that not all Atoms come back at once.</summary>
    [Fact, Covers("R42")]
    public async Task waits_longer_after_each_failure_and_no_longer_than_the_last_step()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var between = await Between.StartAsync(engine);
        between.Down = true;
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production, between.Url);
        agent.Start("--Retry=0.1,0.4,0.8");

        var denied = await Eventually.BecomesAsync(() => Task.FromResult(between.Denied.Where(request => request.Path.EndsWith("/executions", StringComparison.Ordinal)).ToList()), denied => denied.Count == 6);

        var waits = denied.Zip(denied.Skip(1), (one, next) => Stopwatch.GetElapsedTime(one.At, next.At).TotalSeconds).ToList();
        waits.Zip([0.1, 0.4, 0.8, 0.8, 0.8]).ShouldAllBe(wait => wait.First > (0.8 * wait.Second) - 0.02);
    }

    [Fact]
    public async Task that_died_after_its_report_and_before_it_knew_reports_once()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        var digest = (await shop.AskAsync($"/processes/{shop.Orders}/versions/1")).Text("digest")!;
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production);
        var commandId = Guid.CreateVersion7();
        (await shop.Account.SendAsync(
            new AcknowledgeVersion { AtomId = shop.Production, ProcessId = shop.Orders, VersionNumber = 1, Digest = digest, Status = DownloadStatus.Downloaded, Actor = $"atom:{shop.Production}" },
            commandId)).Status.ShouldBe(OutcomeStatus.Accepted);
        var left = new { processId = shop.Orders, pending = new { commandId, versionNumber = 1, digest, status = "downloaded" } };
        Directory.CreateDirectory(Path.Combine(agent.Folder, "processes"));
        await File.WriteAllTextAsync(Path.Combine(agent.Folder, "processes", $"{shop.Orders}.json"), JsonSerializer.Serialize(left), TestContext.Current.CancellationToken);

        agent.Start();

        await agent.SaysAsync("is here");
        await Eventually.BecomesAsync(() => File.ReadAllTextAsync(Path.Combine(agent.Folder, "processes", $"{shop.Orders}.json"), TestContext.Current.CancellationToken), kept => kept.Contains("\"pending\": null", StringComparison.Ordinal));
        (await shop.Account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1 and type = 'processdeployment.version-downloaded.v1'")).ShouldBe(1);
    }

    [Fact]
    public async Task with_the_folder_of_another_does_not_start()
    {
        var shop = await DeployedAsync(shop => shop.Production);
        await using var first = await AgentProcess.StartAsync(engine, shop, shop.Production);
        await InSyncAsync(shop, 1, shop.Production);
        await using var second = await AgentProcess.PrepareAsync(engine, shop, shop.Backup);

        second.Start($"--Folder={first.Folder}");

        (await second.EndedAsync()).ShouldBe(2);
        await second.SaysAsync($"Another agent (process {first.ProcessId}) uses {first.Folder}");
    }

    [Theory]
    [InlineData("--AtomId=x", "AtomId must be the UUID of an Atom")]
    [InlineData("--Engine=", "Engine is missing: where the engine is")]
    [InlineData("--Retry=0", "Retry must be in seconds")]
    public async Task with_a_setting_that_cannot_be_read_names_it(string setting, string words)
    {
        var shop = await Shop.OpenAsync(engine);
        await using var agent = await AgentProcess.PrepareAsync(engine, shop, shop.Production);

        agent.Start(setting);

        (await agent.EndedAsync()).ShouldBe(2);
        await agent.SaysAsync(words);
    }

    private async Task<Shop> DeployedAsync(params Func<Shop, Guid>[] atoms)
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, [.. atoms.Select(atom => atom(shop))]), Shop.Deploy(shop.Orders));
        return shop;
    }

    private static async Task InSyncAsync(Shop shop, int version, params Guid[] atomIds)
    {
        foreach (var atomId in atomIds)
            await Eventually.BecomesAsync(() => DownloadAsync(shop, atomId), download => download.Text("status") == "InSync" && download.Number("acknowledgedVersion") == version);
    }

    private static async Task<JsonElement> DownloadAsync(Shop shop, Guid atomId) =>
        (await shop.AskAsync($"/atoms/{atomId}/deployments")).Items().ShouldHaveSingleItem().GetProperty("download");
}
