using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_extensions(EngineFixture engine)
{
    [Fact, Covers("R37", "R48", "R51", "#67")]
    public async Task shows_what_is_set_and_of_a_secret_only_that_it_is()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("url", "https://one"), ("password", "hunter2")));

        var answer = await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}");

        (answer.Text("processName"), answer.Text("atomName"), answer.Flag("attached"), answer.Number("versionNumber")).ShouldBe(("Orders", "Production", true, 1));
        Extensions(answer).ShouldBe(["url Set https://one", "password Set -"]);
        var password = answer.Items("extensions")[1];
        (password.Text("label"), password.Flag("secret"), password.Flag("orphaned"), password.Text("setBy")).ShouldBe(("Password of the shop", true, false, "kim@example.com"));
        answer.ToString().ShouldNotContain("hunter2");
    }

    [Fact, Covers("#35", "R50")]
    public async Task a_version_without_its_values_needs_configuration_in_every_list_until_they_are_set()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        (await StatusesAsync(shop)).ShouldBe(["NeedsConfiguration", "NeedsConfiguration", "NeedsConfiguration", "NeedsConfiguration"]);

        await shop.DoAsync(shop.Set(("url", "https://one")));
        (await StatusesAsync(shop))[0].ShouldBe("NeedsConfiguration");
        await shop.DoAsync(new SetExtensions { ProcessId = shop.Orders, AtomId = shop.Production, Values = [new("password", UseDefault: true)], Partial = true });

        (await StatusesAsync(shop)).ShouldBe(["PendingDownload", "PendingDownload", "PendingDownload", "PendingDownload"]);
        Extensions(await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Backup}")).ShouldBe(["url NeedsValue -", "password NeedsValue -"]);
        // A new version with another field: only that one is missing.
        await shop.DoAsync(shop.SaveDeclaring(ExtendedShop.Url, ExtendedShop.Password, new("size", "Size", Secret: false)), Shop.Deploy(shop.Orders));
        Extensions(await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")).ShouldBe(["url Set https://one", "password Default -", "size NeedsValue -"]);
        (await StatusesAsync(shop, version: 2)).ShouldBe(["NeedsConfiguration", "NeedsConfiguration", "NeedsConfiguration", "NeedsConfiguration"]);
    }

    [Fact, Covers("#66")]
    public async Task values_that_the_version_does_not_declare_are_kept_as_orphans_and_come_back_with_a_rollback()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("url", "https://one"), ("password", "hunter2")), shop.SaveDeclaring(ExtendedShop.Url), Shop.Deploy(shop.Orders));

        var orphan = (await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")).Items("extensions")[1];
        (orphan.Text("key"), orphan.Text("status"), orphan.Flag("orphaned"), orphan.Flag("secret")).ShouldBe(("password", "Set", true, true));

        await shop.DoAsync(new RedeployVersion { ProcessId = shop.Orders, TargetVersion = 1 });
        (await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")).Items("extensions").ShouldAllBe(extension => !extension.GetProperty("orphaned").GetBoolean());
    }

    [Fact, Covers("R53", "#10")]
    public async Task values_are_shown_after_a_detachment_too_and_count_when_it_is_attached_again()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("url", "https://one"), ("password", "hunter2")), new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });

        var away = await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}");
        (away.Flag("attached"), away.Number("versionNumber"), away.GetProperty("download").Text("status")).ShouldBe((false, null, null));
        Extensions(away).ShouldBe(["url Set https://one", "password Set -"]);

        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));
        (await StatusesAsync(shop))[0].ShouldBe("PendingDownload");
    }

    [Fact]
    public async Task the_past_shows_what_was_set_then()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(shop.Set(("url", "https://one")));
        var before = shop.Position;
        await shop.DoAsync(shop.Set(("url", "https://two")), shop.Set() with { Partial = false });

        Extensions(await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}"))[0].ShouldBe("url NeedsValue -");
        Extensions(await shop.Account.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}?asOf={before}", before))[0].ShouldBe("url Set https://one");
        Extensions(await shop.Account.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}?asOf={before + 1}", before))[0].ShouldBe("url Set https://two");
    }

    [Fact, Covers("R49")]
    public async Task of_a_bundled_child_are_not_the_parents()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            shop.SaveInvoice() with { Extensions = [ExtendedShop.Password] },
            shop.SaveDeclaring(ExtendedShop.Url),
            Shop.Attach(shop.Orders, shop.Production), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Orders), Shop.Deploy(shop.Invoice));

        Extensions(await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")).ShouldBe(["url NeedsValue -"]);
        Extensions(await shop.AskAsync($"/processes/{shop.Invoice}/atoms/{shop.Production}")).ShouldBe(["password NeedsValue -"]);
    }

    [Fact, Covers("R52", "R59", "#67")]
    public async Task each_save_is_one_entry_of_the_audit_trail_with_the_new_values()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        await shop.DoAsync(
            shop.Set(("url", "https://one"), ("password", "hunter2")),
            new SetExtensions { ProcessId = shop.Orders, AtomId = shop.Production, Values = [new("password", UseDefault: true)], Partial = false });

        var entries = (await shop.AskAsync($"/audit?process={shop.Orders}&type=extension-values-set")).Items();

        entries.Select(entry => entry.Text("summary")).ShouldBe(
            ["extensions set on Production: password to its default, url taken away", "extensions set on Production: url = https://one, password changed"]);
        entries.ShouldAllBe(entry => entry.GetProperty("name").GetString() == "Orders");
    }

    [Fact]
    public async Task about_what_does_not_exist_is_answered_so()
    {
        var shop = await ExtendedShop.OpenAsync(engine);
        foreach (var path in new[] { $"/processes/{Guid.NewGuid()}/atoms/{shop.Production}", $"/processes/{shop.Orders}/atoms/{Guid.NewGuid()}", $"/processes/{shop.Database}/atoms/{shop.Production}" })
            (await shop.Account.TryAskAsync($"{path}?atLeast={shop.Position}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.ProblemOfAsync($"/processes/{shop.Orders}/atoms/7")).Member.ShouldBe("atomId");
    }

    private static string[] Extensions(JsonElement answer) => [.. answer.Items("extensions").Select(item => $"{item.Text("key")} {item.Text("status")} {item.Text("value") ?? "-"}")];

    /// <summary>Of Orders on Production, wherever it is shown.</summary>
    private static async Task<string?[]> StatusesAsync(Shop shop, int version = 1)
    {
        static string? Of(JsonElement item) => item.GetProperty("download").Text("status");
        return
        [
            Of(await shop.AskAsync($"/processes/{shop.Orders}/atoms/{shop.Production}")),
            Of((await shop.AskAsync($"/atoms/{shop.Production}/deployments")).Items().ShouldHaveSingleItem()),
            Of((await shop.AskAsync($"/processes/{shop.Orders}/attachments")).Items("attached").Single(atom => atom.Id("atomId") == shop.Production)),
            Of((await shop.AskAsync($"/processes/{shop.Orders}/versions/{version}")).Items("atoms").Single(atom => atom.Id("atomId") == shop.Production)),
        ];
    }
}
