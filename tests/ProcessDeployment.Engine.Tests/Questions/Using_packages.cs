using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Preview;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>Version 1 of Orders runs in Dev, version 2 is a package that runs nowhere.</summary>
public sealed class Using_packages(EngineFixture engine)
{
    private readonly Guid _dev = Guid.CreateVersion7();

    [Fact]
    public async Task shows_labels_and_withdrawals_now_and_then()
    {
        var shop = await PackagedAsync();
        var before = shop.Position;
        await shop.DoAsync(new LabelVersion { ProcessId = shop.Orders, VersionNumber = 1, Label = " first " }, new WithdrawVersion { ProcessId = shop.Orders, VersionNumber = 2 });

        (await shop.AskAsync($"/processes/{shop.Orders}/versions")).Items().Select(Shown).ShouldBe(["2 2026.11 withdrawn", "1 first "]);
        (await VersionsAsync(shop, shop.Position)).ShouldBe(["2 2026.11 withdrawn", "1 first "]);
        (await VersionsAsync(shop, shop.Position - 1)).ShouldBe(["2 2026.11 ", "1 first "]);
        (await VersionsAsync(shop, before)).ShouldBe(["2 2026.11 ", "1  "]);
        (await VersionsAsync(shop, before - 1)).ShouldBe(["2  ", "1  "]);
        var one = await shop.AskAsync($"/processes/{shop.Orders}/versions/2");
        (one.Text("label"), one.Flag("withdrawn")).ShouldBe(("2026.11", true));
        (await shop.AskAsync($"/processes/{shop.Orders}/versions/1")).Members().ShouldNotContain("withdrawn");
    }

    [Fact]
    public async Task shows_a_package_as_current_only_where_it_is()
    {
        var shop = await PackagedAsync();

        var package = await shop.AskAsync($"/processes/{shop.Orders}/versions/2");
        package.Flag("current").ShouldBeFalse();
        package.Items("targets").ShouldBeEmpty();
        package.Items("atoms").ShouldBeEmpty();
        package.Members().ShouldNotContain("environments");
        (await shop.AskAsync($"/atoms/{shop.Backup}/deployments")).Items().ShouldHaveSingleItem().Number("versionNumber").ShouldBe(1);
        (await shop.AskAsync($"/processes/{shop.Orders}")).Flag("revisedSinceDeploy").ShouldBeFalse("bold compares with the highest version number");

        await shop.DoAsync(new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 2, EnvironmentId = _dev });
        package = await shop.AskAsync($"/processes/{shop.Orders}/versions/2");
        (package.Flag("current"), package.Items("environments").ShouldHaveSingleItem().Text("name"), package.Items("atoms").ShouldHaveSingleItem().Text("name")).ShouldBe((true, "Dev", "backup"));
        (await shop.AskAsync($"/atoms/{shop.Backup}/deployments")).Items().ShouldHaveSingleItem().Number("versionNumber").ShouldBe(2);
    }

    [Fact]
    public async Task remembers_labels_and_withdrawals_for_the_next_command()
    {
        var shop = await PackagedAsync();
        (await RefusalAsync(shop, new LabelVersion { ProcessId = shop.Orders, VersionNumber = 2, Label = "2026.12" })).ShouldBe(RefusalCodes.AlreadyLabelled);
        (await RefusalAsync(shop, new WithdrawVersion { ProcessId = shop.Orders, VersionNumber = 1 })).ShouldBe(RefusalCodes.VersionInUse);
        await shop.DoAsync(new WithdrawVersion { ProcessId = shop.Orders, VersionNumber = 2 });

        (await RefusalAsync(shop, new PackageProcess { ProcessId = shop.Orders, Label = "2026.11" })).ShouldBe(RefusalCodes.LabelTaken);
        (await RefusalAsync(shop, new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 2, EnvironmentId = _dev })).ShouldBe(RefusalCodes.VersionWithdrawn);
        (await RefusalAsync(shop, new RedeployVersion { ProcessId = shop.Orders, TargetVersion = 2 })).ShouldBe(RefusalCodes.VersionWithdrawn);
        (await shop.Account.SendAsync(new WithdrawVersion { ProcessId = shop.Orders, VersionNumber = 2 })).Status.ShouldBe(OutcomeStatus.Unchanged);
        var rehearsed = (await shop.AskAsync($"/processes/{shop.Orders}/rehearsals")).Items().Select(version => version.GetProperty("outcome").Text("status"));
        rehearsed.ShouldBe(["refused", "accepted"]);
    }

    [Fact]
    public async Task leaves_words_in_the_audit_trail()
    {
        var shop = await PackagedAsync();
        await shop.DoAsync(new WithdrawVersion { ProcessId = shop.Orders, VersionNumber = 2 });

        (await shop.AskAsync($"/audit?process={shop.Orders}&take=3")).Items().Select(entry => $"{entry.Text("name")}: {entry.Text("summary")}").ShouldBe(
            ["Orders: version 2 withdrawn", "Orders: version 2 labelled 2026.11", "Orders: made version 2, not deployed yet: for Monday"]);
    }

    [Fact]
    public async Task says_beforehand_that_no_atom_and_no_licence_is_concerned()
    {
        var shop = await PackagedAsync();

        var preview = await shop.Account.PreviewAsync(new PackageProcess { ProcessId = shop.Orders, Label = "2026.12" }, Guid.CreateVersion7());

        preview.GetProperty("outcome").Text("status").ShouldBe("accepted");
        preview.Items("downloads").ShouldBeEmpty();
        preview.Members().ShouldNotContain("licences");
    }

    private static async Task<string> RefusalAsync(Shop shop, Command command) => (await shop.Account.SendAsync(command)).Refusal.ShouldNotBeNull().Code;

    private static async Task<IEnumerable<string>> VersionsAsync(Shop shop, long position) =>
        (await shop.Account.AskAsync($"/processes/{shop.Orders}/versions?asOf={position}", position)).Items().Select(Shown);

    private static string Shown(JsonElement version) => $"{version.Number("versionNumber")} {version.Text("label")} {(version.TryGetProperty("withdrawn", out _) ? "withdrawn" : "")}";

    private async Task<Shop> PackagedAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            new SetEnvironments { Enabled = true },
            new CreateEnvironment { EnvironmentId = _dev, Name = "Dev", Classification = Classification.Test, Order = 1 },
            new AttachAtomToEnvironment { EnvironmentId = _dev, AtomId = shop.Backup },
            new AttachProcessToEnvironment { EnvironmentId = _dev, ProcessId = shop.Orders },
            Shop.Deploy(shop.Orders),
            shop.SaveMap("a\nb\n"),
            new PackageProcess { ProcessId = shop.Orders, Label = "2026.11", Note = "for Monday" });
        return shop;
    }
}
