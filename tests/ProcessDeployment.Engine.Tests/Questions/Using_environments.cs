using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Tests.Preview;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>Version 1 of Orders in production, version 2 in test: every question about an Atom answers by what runs there.</summary>
public sealed class Using_environments(EngineFixture engine)
{
    private readonly Guid _dev = Guid.CreateVersion7();
    private readonly Guid _live = Guid.CreateVersion7();

    [Fact, Covers("R60")]
    public async Task tells_the_auditor_of_every_deployment_and_by_whom()
    {
        var shop = await TwoVersionsAsync();
        await shop.DoAsync(new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 2, EnvironmentId = _live, Actor = "ana@example.com" });

        var entries = (await shop.AskAsync($"/audit?process={shop.Orders}")).Items().Where(entry => entry.Text("type") is "processdeployment.version-deployed.v1" or "processdeployment.version-promoted.v1");

        entries.Select(entry => $"{entry.Text("actor")}: {entry.Text("summary")}").ShouldBe(
            [
                "ana@example.com: version 2 promoted to environment Live, on Production",
                "kim@example.com: version 2 deployed on backup",
                "ana@example.com: version 1 promoted to environment Live, on Production: carried on",
                "kim@example.com: version 1 deployed on backup",
            ]);
    }

    [Fact, Covers("R59")]
    public async Task leaves_an_entry_for_each_kind_of_change_that_matters()
    {
        var shop = await TwoVersionsAsync();
        await shop.DoAsync(
            new ReportAtomStatus { AtomId = shop.Production, Status = AtomStatus.Online },
            new SetSchedules { ProcessId = shop.Orders, AtomId = shop.Production, Schedules = [new() { Minutes = "0", Hours = "4", Years = "2045" }] },
            new StopSchedules { ProcessId = shop.Orders, AtomId = shop.Production },
            new ResumeSchedules { AtomId = shop.Production },
            new ExecuteProcess { ProcessId = shop.Orders, AtomId = shop.Production },
            new UpdateEnvironment { EnvironmentId = _dev, Name = "Try" },
            new DetachAtomFromEnvironment { EnvironmentId = _dev, AtomId = shop.Backup },
            new DetachProcessFromEnvironment { EnvironmentId = _dev, ProcessId = shop.Orders },
            new DeleteEnvironment { EnvironmentId = _dev },
            new DeleteAtom { AtomId = shop.Backup },
            new DeleteComponent { ComponentId = shop.Map });

        var types = (await shop.AskAsync("/audit?take=100")).Items().Select(entry => entry.Text("type")!.Split('.')[1]).ToHashSet();

        string[] matter =
        [
            "atom-registered", "atom-attached", "atom-detached", "atom-deleted", "revision-made", "component-deleted", "version-deployed", "version-promoted", "licences-purchased",
            "schedules-set", "schedules-stopped", "schedules-resumed", "execution-requested", "environments-enabled", "environment-created", "environment-updated", "environment-deleted",
            "atom-attached-to-environment", "atom-detached-from-environment", "process-attached-to-environment", "process-detached-from-environment",
        ];
        matter.Except(types).ShouldBeEmpty();
    }

    [Fact, Covers("R56")]
    public async Task shows_what_is_in_them_and_current_there_now_and_then()
    {
        var shop = await TwoVersionsAsync();
        var before = shop.Position;
        await shop.DoAsync(new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 2, EnvironmentId = _live });

        var now = await shop.AskAsync("/environments");
        now.GetProperty("enabled").GetBoolean().ShouldBeTrue();
        now.Items().Select(Shown).ShouldBe([$"Dev: backup; {shop.Orders} 2", $"Live: Production; {shop.Orders} 2"]);
        (await shop.Account.AskAsync($"/environments?asOf={before}", before)).Items().Select(Shown).ShouldBe([$"Dev: backup; {shop.Orders} 2", $"Live: Production; {shop.Orders} 1"]);
    }

    [Fact, Covers("R56")]
    public async Task lists_for_each_atom_the_version_of_its_environment_by_whom_it_came_there()
    {
        var shop = await TwoVersionsAsync();

        var (production, test) = (await DeploymentAsync(shop, shop.Production), await DeploymentAsync(shop, shop.Backup));

        (production.Number("versionNumber"), production.Text("note"), production.Text("deployedBy")).ShouldBe((1, "carried on", "ana@example.com"));
        (test.Number("versionNumber"), test.Text("note")).ShouldBe((2, null));
        (await shop.AskAsync($"/atoms/{shop.Production}")).GetProperty("deployedProcesses").GetInt32().ShouldBe(1);
        var attached = (await shop.AskAsync($"/processes/{shop.Orders}/attachments")).GetProperty("attached").EnumerateArray().ToDictionary(atom => atom.Id("atomId"));
        (attached[shop.Production].Number("versionNumber"), attached[shop.Production].Id("environmentId")).ShouldBe((1, _live));
        (attached[shop.Backup].Number("versionNumber"), attached[shop.Backup].Id("environmentId")).ShouldBe((2, _dev));
    }

    [Fact, Covers("R56")]
    public async Task shows_with_each_version_where_it_runs()
    {
        var shop = await TwoVersionsAsync();

        var (first, second) = (await shop.AskAsync($"/processes/{shop.Orders}/versions/1"), await shop.AskAsync($"/processes/{shop.Orders}/versions/2"));

        first.Items("environments").Select(environment => environment.Text("name")).ShouldBe(["Live"]);
        first.Items("atoms").Select(atom => atom.Text("name")).ShouldBe(["Production"]);
        first.Items("targets").Select(target => target.Id("environmentId")).ShouldBe([_dev]);
        second.Items("environments").Select(environment => environment.Text("name")).ShouldBe(["Dev"]);
        second.Items("atoms").Select(atom => atom.Text("name")).ShouldBe(["backup"]);
        var impact = await shop.AskAsync($"/components/{shop.Map}/impact");
        impact.Items("atoms").Select(atom => atom.Text("name")).ShouldBe(["backup", "Production"], ignoreOrder: true);
    }

    /// <summary>Defect: what only an older version held, which runs in an environment, concerned no Process.</summary>
    [Fact]
    public async Task shows_what_a_component_concerns_where_only_the_version_in_an_environment_holds_it()
    {
        var shop = await TwoVersionsAsync();
        await shop.DoAsync(shop.SaveOrders() with { References = [new(shop.Database, ReferenceKind.Dependent)] }, Shop.Deploy(shop.Orders));

        var impact = await shop.AskAsync($"/components/{shop.Map}/impact");

        var orders = impact.Items().Single(process => process.Id("processId") == shop.Orders);
        (orders.Number("currentVersion"), orders.Number("deployedRevision"), orders.Flag("takenAtNextDeploy")).ShouldBe((3, null, false));
        impact.Items("atoms").Select(atom => atom.Text("name")).ShouldBe(["Production"]);
    }

    [Fact, Covers("R34")]
    public async Task counts_licences_in_the_pools_of_the_environment()
    {
        var shop = await TwoVersionsAsync();

        async Task<(int Production, int Test)> UsedAsync()
        {
            var pools = (await shop.AskAsync("/licences")).Items("pools").Where(pool => pool.Text("class") == "standard").ToDictionary(pool => pool.Text("classification")!);
            return (pools["PROD"].Number("used")!.Value, pools["TEST"].Number("used")!.Value);
        }

        (await UsedAsync()).ShouldBe((1, 1));
        await shop.DoAsync(new AttachAtomToEnvironment { EnvironmentId = _dev, AtomId = shop.Production });
        (await UsedAsync()).ShouldBe((0, 2));
        (await shop.Account.ScalarAsync<string>("select string_agg(classification || used, ' ' order by classification) from process_deployment.licence_pool where account_id = $1 and class = 'Standard'"))
            .ShouldBe("Production0 Test2");
    }

    [Fact]
    public async Task lists_the_processes_of_one()
    {
        var shop = await TwoVersionsAsync();
        await shop.DoAsync(new AttachProcessToEnvironment { EnvironmentId = _dev, ProcessId = shop.Invoice });

        async Task<IEnumerable<string?>> NamesAsync(Guid environmentId) => (await shop.AskAsync($"/processes?environment={environmentId}")).Items().Select(process => process.Text("name"));

        (await NamesAsync(_dev)).ShouldBe(["invoice", "Orders"]);
        (await NamesAsync(_live)).ShouldBe(["Orders"]);
        (await NamesAsync(Guid.CreateVersion7())).ShouldBeEmpty();
        (await shop.AskAsync($"/processes?environment={_live}&skip=0")).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task says_beforehand_what_a_promotion_and_a_move_would_do()
    {
        var shop = await TwoVersionsAsync();

        var promotion = await shop.Account.PreviewAsync(new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 2, EnvironmentId = _live }, Guid.CreateVersion7());
        var download = promotion.Items("downloads").ShouldHaveSingleItem();
        (download.Number("versionNumber"), download.GetProperty("atomIds")[0].GetGuid()).ShouldBe((2, shop.Production));

        var move = await shop.Account.PreviewAsync(new AttachAtomToEnvironment { EnvironmentId = _dev, AtomId = shop.Production }, Guid.CreateVersion7());
        move.GetProperty("licences").Items("pools").Select(pool => (pool.Text("classification"), pool.Number("usedAfter"))).ShouldBe([("PROD", 0), ("TEST", 2)]);
        (await DeploymentAsync(shop, shop.Production)).Number("versionNumber").ShouldBe(1, "nothing was done");
    }

    [Fact]
    public async Task leaves_words_in_the_audit_trail()
    {
        var shop = await TwoVersionsAsync();
        var refused = await shop.Account.SendAsync(new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 9, EnvironmentId = _live });
        refused.Refusal!.Code.ShouldBe(RefusalCodes.NoSuchVersion);

        var said = (await shop.Account.AskAsync("/audit", refused.Position)).Items().Select(entry => $"{entry.Text("name")}: {entry.Text("summary")}").ToList();

        said.ShouldContain("Orders: version 1 promoted to environment Live, on Production: carried on");
        said.ShouldContain("Orders: attached to environment Dev");
        said.ShouldContain("Production: attached to environment Live");
        said.ShouldContain("Environments: environments turned on");
        said.ShouldContain(entry => entry.StartsWith("Orders: promoting version 9", StringComparison.Ordinal));
    }

    [Fact, Covers("R39", "R56")]
    public async Task gives_a_run_the_extensions_of_the_version_that_is_current_there()
    {
        var shop = await TwoVersionsAsync();
        await shop.DoAsync(shop.SaveOrders() with { Extensions = [new("url", "Address", Secret: false)] }, Shop.Deploy(shop.Orders));

        (await ExtensionsAsync(shop, shop.Backup)).ShouldHaveSingleItem().Key.ShouldBe("url");
        (await ExtensionsAsync(shop, shop.Production)).ShouldBeEmpty("version 1 declares none");
    }

    private Task<IReadOnlyList<AtomExtension>> ExtensionsAsync(Shop shop, Guid atomId) =>
        engine.Services.GetRequiredService<ExtensionValues>().ForAtomAsync(shop.Account.Name, shop.Orders, atomId, TestContext.Current.CancellationToken);

    private static string Shown(JsonElement environment) =>
        $"{environment.Text("name")}: {string.Join(',', environment.Items("atoms").Select(atom => atom.Text("name")))}; {string.Join(',', environment.Items("processes").Select(process => $"{process.Id("processId")} {process.Number("versionNumber")}"))}";

    private static async Task<JsonElement> DeploymentAsync(Shop shop, Guid atomId) => (await shop.AskAsync($"/atoms/{atomId}/deployments")).Items().ShouldHaveSingleItem();

    private async Task<Shop> TwoVersionsAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            new SetEnvironments { Enabled = true },
            new CreateEnvironment { EnvironmentId = _dev, Name = "Dev", Classification = Classification.Test, Order = 1 },
            new CreateEnvironment { EnvironmentId = _live, Name = "Live", Classification = Classification.Production, Order = 2 },
            new AttachAtomToEnvironment { EnvironmentId = _dev, AtomId = shop.Backup },
            new AttachAtomToEnvironment { EnvironmentId = _live, AtomId = shop.Production },
            new AttachProcessToEnvironment { EnvironmentId = _dev, ProcessId = shop.Orders },
            new AttachProcessToEnvironment { EnvironmentId = _live, ProcessId = shop.Orders },
            Shop.Deploy(shop.Orders),
            new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 1, EnvironmentId = _live, Note = "carried on", Actor = "ana@example.com" },
            shop.SaveMap("a\nb\n"),
            Shop.Deploy(shop.Orders));
        return shop;
    }
}
