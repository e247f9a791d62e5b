using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Tests.Redaction;

namespace ProcessDeployment.Engine.Tests.Webhooks;

/// <summary>What an account has of webhooks, and who learns what of them.</summary>
public sealed class Keeping_webhooks(EngineFixture engine)
{
    private const string Deployed = "processdeployment.version-deployed.v1";

    private readonly string _secret = $"a secret {Guid.NewGuid():n}";

    /// <summary>The decision counts what the database holds.</summary>
    [Fact]
    public async Task beyond_the_most_of_an_account_is_refused_until_one_is_deleted()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        var hooks = Enumerable.Range(0, Limits.Webhooks).Select(_ => Hook(receiver, Deployed)).ToList();
        await shop.DoAsync([.. hooks]);

        (await shop.Account.SendAsync(Hook(receiver, Deployed))).Refusal!.Code.ShouldBe(RefusalCodes.TooManyWebhooks);
        await shop.DoAsync(hooks[0] with { Enabled = false }, new DeleteWebhook { WebhookId = hooks[1].WebhookId }, Hook(receiver, Deployed));
        (await shop.Account.SendAsync(hooks[1])).Refusal!.Code.ShouldBe(RefusalCodes.TooManyWebhooks);
    }

    [Fact]
    public async Task lists_webhooks_as_they_were()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        var hook = Hook(receiver, Deployed);
        await shop.DoAsync(hook);
        var (moment, former) = (shop.Position, receiver.Url.ToString());
        await shop.DoAsync(hook with { Url = $"{former}/other", Enabled = false, Secret = null });

        var (now, then) = ((await shop.AskAsync("/webhooks")).Items().ShouldHaveSingleItem(), (await shop.Account.AskAsync($"/webhooks?asOf={moment}", moment)).Items().ShouldHaveSingleItem());

        (now.Text("url"), now.Flag("enabled"), now.Number("pending")).ShouldBe(($"{former}/other", false, 0));
        (then.Text("url"), then.Flag("enabled"), then.Number("pending")).ShouldBe((former, true, null));
    }

    [Fact, Covers("#67")]
    public async Task keeps_the_secret_to_itself()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Hook(receiver, Deployed), Shop.Deploy(shop.Orders));
        await receiver.HasAsync(1);

        (await shop.AskAsync("/webhooks")).ToString().ShouldNotContain(_secret);
        (await shop.AskAsync("/audit")).ToString().ShouldNotContain(_secret);
        Encoding.UTF8.GetString(receiver.All[0].Bytes).ShouldNotContain(_secret);
        (await engine.FoundAsync(_secret, shop.Account)).ShouldBeEmpty();
    }

    /// <summary>Some addresses are all that one needs to send there.</summary>
    [Fact]
    public async Task shows_of_an_address_scheme_and_host_in_the_audit_trail_and_in_published_events()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Hook(receiver, "processdeployment.webhook-set.v1") with { Url = $"{receiver.Url}/T/B/bearer?token=bearer" });
        var shown = $"{receiver.Url.GetLeftPart(UriPartial.Authority)}/…";

        var sent = (await receiver.HasAsync(1))[0];

        sent.Body.GetProperty("data").GetProperty("body").Text("url").ShouldBe(shown);
        (await shop.Account.ScalarAsync<string>($"select event #>> '{{data,body,url}}' from process_deployment.event where account_id = $1 and position = {shop.Position}")).ShouldBe(shown);
        (await shop.AskAsync("/audit")).Items().Single(item => item.Text("name") == "Webhooks").Text("summary")
            .ShouldBe($"webhook set to send processdeployment.webhook-set.v1 to {shown}, secret changed");
    }

    [Fact]
    public async Task lets_the_owner_take_an_address_out_and_sends_again_when_it_is_set_anew()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        var (hook, bearer) = (Hook(receiver, Deployed), $"bearer{Guid.NewGuid():n}");
        await shop.DoAsync(hook with { Url = $"{receiver.Url}/{bearer}" });
        await engine.SettledAsync(shop.Account, shop.Position);
        (await engine.FoundAsync(bearer, shop.Account)).ShouldContain("process_deployment.webhook.url");

        await engine.RedactAsync(shop.Account, shop.Position, "url");

        (await engine.FoundAsync(bearer, shop.Account)).ShouldBeEmpty();
        await shop.Account.SendAsync(Shop.Deploy(shop.Orders));
        var failed = await WebhookAsync(shop, item => item.TryGetProperty("lastFailure", out var failure) && failure.ValueKind == JsonValueKind.Object);
        (failed.Text("url"), failed.GetProperty("lastFailure").Text("problem")).ShouldBe((PersonalData.Marker, "its address was taken out of the history; set it anew"));
        await shop.Account.SendAsync(hook with { Secret = null });
        await shop.Account.SendAsync(Shop.Deploy(shop.Orders));
        await receiver.HasAsync(1);
    }

    private SetWebhook Hook(Receiver receiver, params string[] types) => new() { WebhookId = Guid.CreateVersion7(), Url = receiver.Url.ToString(), EventTypes = types, Secret = _secret };

    private static async Task<JsonElement> WebhookAsync(Shop shop, Func<JsonElement, bool> isSo) => (await Eventually.BecomesAsync(
        () => shop.AskAsync("/webhooks"), answer => answer.Items().Any(isSo))).Items().First(isSo);
}
