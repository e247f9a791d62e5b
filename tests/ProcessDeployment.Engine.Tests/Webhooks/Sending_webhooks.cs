using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Webhooks;

namespace ProcessDeployment.Engine.Tests.Webhooks;

/// <summary>To a server that really listens. The engine of the tests may reach this machine, tries soon again, and gives up soon.</summary>
public sealed class Sending_webhooks(EngineFixture engine)
{
    private const string Deployed = "processdeployment.version-deployed.v1";

    private readonly string _secret = $"a secret {Guid.NewGuid():n}";

    [Fact]
    public async Task tells_of_a_version_with_what_changed_and_a_signature_that_standard_webhooks_check()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await OpenAsync(receiver, Deployed);
        await shop.DoAsync(Shop.Deploy(shop.Orders), shop.SaveMap("changed"), shop.SaveOrders() with { References = [new(shop.Invoice, Contracts.ReferenceKind.Dependent)] }, Shop.Deploy(shop.Orders));

        var received = await receiver.HasAsync(2);

        var (first, second) = (received[0].Body, received[1].Body);
        (first.GetProperty("data").GetProperty("difference").Number("formerVersion"), second.GetProperty("data").GetProperty("difference").Number("formerVersion")).ShouldBe((null, 1));
        (first.Text("type"), first.GetProperty("data").Number("position")).ShouldBe((Deployed, (int)shop.Position - 3));
        received[1].Id.ShouldBe($"{shop.Account.Name}/{shop.Position}");
        second.Text("id").ShouldBe(received[1].Id);
        Names(first, "added").ShouldBe(["Invoice map", "Orders", "Shop database", "invoice"], ignoreOrder: true);
        Names(second, "added").Concat(Names(second, "removed")).ShouldBeEmpty();
        second.GetProperty("data").GetProperty("difference").Items("revised").Select(item => $"{item.Text("name")} {item.Number("formerRevision")}>{item.Number("revision")} {item.Flag("contentDiffers")}")
            .ShouldBe(["Invoice map 1>2 True", "Orders 1>2 False"], ignoreOrder: true);
        received[0].Headers["Content-Type"].ShouldBe("application/cloudevents+json");
        received.ShouldAllBe(request => IsSigned(request));
    }

    [Fact, Covers("R56")]
    public async Task tells_of_a_promotion_with_what_changes_in_that_environment()
    {
        await using var receiver = await Receiver.StartAsync();
        var (dev, live) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var shop = await OpenAsync(receiver, "processdeployment.version-promoted.v1");
        await shop.DoAsync(
            new SetEnvironments { Enabled = true },
            new CreateEnvironment { EnvironmentId = dev, Name = "Dev", Classification = Contracts.Classification.Test, Order = 1 },
            new CreateEnvironment { EnvironmentId = live, Name = "Live", Classification = Contracts.Classification.Production, Order = 2 },
            new AttachProcessToEnvironment { EnvironmentId = dev, ProcessId = shop.Orders },
            new AttachProcessToEnvironment { EnvironmentId = live, ProcessId = shop.Orders },
            Shop.Deploy(shop.Orders), new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 1, EnvironmentId = live },
            shop.SaveMap("changed"), Shop.Deploy(shop.Orders),
            shop.SaveInvoice("<process/>"), Shop.Deploy(shop.Orders), new PromoteVersion { ProcessId = shop.Orders, TargetVersion = 3, EnvironmentId = live });

        var differences = (await receiver.HasAsync(2)).Select(request => request.Body.GetProperty("data").GetProperty("difference")).ToList();

        differences.Select(difference => difference.Number("formerVersion")).ShouldBe([null, 1]);
        differences[0].Names("added").ShouldBe(["Invoice map", "Orders", "Shop database", "invoice"], ignoreOrder: true);
        differences[1].Names("revised").ShouldBe(["Invoice map", "invoice"], ignoreOrder: true);
        differences[1].Names("added").Concat(differences[1].Names("removed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task tries_again_under_the_same_id_until_it_is_taken()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => receiver.All.Count < 3 ? 503 : 200;
        var shop = await OpenAsync(receiver, Deployed);
        await shop.DoAsync(Shop.Deploy(shop.Orders));

        var received = await receiver.HasAsync(3);

        received.Select(request => request.Id).Distinct().ShouldHaveSingleItem();
        received.ShouldAllBe(request => IsSigned(request));
        var webhook = await WebhookAsync(shop, item => item.Number("delivered") == 1);
        (webhook.Number("pending"), webhook.Number("dead"), webhook.GetProperty("lastDelivery").Number("position")).ShouldBe((0, 0, (int)shop.Position));
        receiver.All.Count.ShouldBe(3);
    }

    [Fact]
    public async Task gives_up_in_the_end_and_sends_again_when_asked()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => 500;
        var shop = await OpenAsync(receiver, Deployed);
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        var dead = await WebhookAsync(shop, item => item.Number("dead") == 1);
        (dead.GetProperty("lastFailure").Text("problem"), dead.GetProperty("lastFailure").Number("attempts")).ShouldBe(("it answered 500", 4));
        receiver.All.Count.ShouldBe(4);

        receiver.Answer = _ => 200;
        var (status, body) = await shop.Account.Http.PostTextAsync("{}", "application/json", $"/api/v1/webhooks/{dead.Id("webhookId")}/replay");

        (status, body.Number("replayed")).ShouldBe((HttpStatusCode.OK, 1));
        (await WebhookAsync(shop, item => item.Number("delivered") == 1)).Number("dead").ShouldBe(0);
        receiver.All.Select(request => request.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task to_an_address_that_hangs_delays_no_other()
    {
        await using var hanging = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        hanging.Answer = _ => null;
        var shop = await OpenAsync(hanging, Deployed);
        await shop.DoAsync(Hook(well, Deployed));
        await shop.DoAsync(Shop.Deploy(shop.Orders), Shop.Deploy(shop.Orders), Shop.Deploy(shop.Orders));

        await well.HasAsync(3);

        (await WebhookAsync(shop, item => item.TryGetProperty("lastFailure", out var failure) && failure.ValueKind == JsonValueKind.Object)).GetProperty("lastFailure").Text("problem")!.ShouldContain("did not answer within");
        well.All.Select(request => request.Body.GetProperty("data").Number("position")).ShouldBe([(int)shop.Position - 2, (int)shop.Position - 1, (int)shop.Position]);
    }

    [Fact]
    public async Task to_a_server_that_speaks_something_else_fails_without_a_word_of_it_and_is_given_up()
    {
        using var other = new OtherServer(Encoding.Latin1.GetBytes("J\0\0\0\n8.0.36\0a secret of theirs"));
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = other.Url.ToString(), EventTypes = [Deployed], Secret = _secret }, Shop.Deploy(shop.Orders), Shop.Deploy(shop.Orders));

        (await WebhookAsync(shop, item => item.Number("dead") == 2)).GetProperty("lastFailure").Text("problem").ShouldBe("what it answered is not HTTP");
    }

    /// <summary>More than are read at a time, several times over.</summary>
    [Fact]
    public async Task catches_up_with_all_that_waits_and_sends_each_once()
    {
        const int Waiting = (2 * DueDeliveries.AtOnce) + 1;
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => null;
        var shop = await OpenAsync(receiver, Deployed);
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        await receiver.HasAsync(1);
        await shop.DoAsync([.. Enumerable.Repeat(Shop.Deploy(shop.Orders), Waiting)]);

        receiver.Answer = _ => 200;

        await WebhookAsync(shop, item => item.Number("delivered") == Waiting + 1);
        var positions = receiver.All.Skip(1).Select(request => request.Body.GetProperty("data").Number("position")).ToList();
        positions.ShouldBeUnique();
        positions.Count.ShouldBe(Waiting + 1);
    }

    /// <summary>However many deliveries wait for later, or were given up: none of them is walked.</summary>
    [Fact]
    public async Task looks_for_what_is_due_by_the_index()
    {
        await using var explain = engine.Owner.CreateCommand($"set enable_seqscan = off; set enable_bitmapscan = off; explain (format json) {DueDeliveries.Webhooks}");
        var plan = (string)(await explain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        plan.ShouldContain("webhook_delivery_due_of");
        plan.ShouldContain("(due_at <= statement_timestamp()))\"");
    }

    [Fact]
    public async Task sends_only_what_was_asked_for_while_it_was()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));
        var hook = Hook(receiver, types: null);
        await shop.DoAsync(
            hook, Shop.Deploy(shop.Orders), hook with { Enabled = false, Secret = null }, Shop.Deploy(shop.Orders), hook with { Secret = null },
            new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] }, shop.SaveMap("other"));
        await shop.Account.SendAsync(new RedeployVersion { ProcessId = shop.Orders, TargetVersion = 9 });
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Backup));

        await WebhookAsync(shop, item => item.Number("delivered") == 4);

        receiver.All.Select(request => request.Body.Text("type")!["processdeployment.".Length..]).ShouldBe(["version-deployed.v1", "atom-detached.v1", "deployment-refused.v1", "atom-attached.v1"]);
    }

    [Fact]
    public async Task sends_what_comes_after_a_webhook_began_again_under_its_id()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await Shop.OpenAsync(engine);
        var hook = Hook(receiver, Deployed);

        await Task.WhenAll(new Command[] { hook, Shop.Deploy(shop.Orders), new DeleteWebhook { WebhookId = hook.WebhookId }, hook, Shop.Deploy(shop.Orders) }.Select(command => shop.Account.SendAsync(command)));

        await Eventually.BecomesAsync(() => Task.FromResult(receiver.All), all => all.Any(request => request.Body.GetProperty("data").GetProperty("body").Number("versionNumber") == 2));
    }

    [Fact]
    public async Task again_is_answered_with_404_for_a_webhook_that_there_is_not()
    {
        var account = await engine.NewAccountAsync();

        (await account.Http.PostTextAsync("{}", "application/json", $"/api/v1/webhooks/{Guid.CreateVersion7()}/replay")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ends_with_the_webhook_and_so_does_what_waits()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => 500;
        var shop = await OpenAsync(receiver, Deployed);
        await shop.DoAsync(Shop.Deploy(shop.Orders));
        await receiver.HasAsync(1);
        var webhookId = (await WebhookAsync(shop, _ => true)).Id("webhookId");

        await shop.DoAsync(new DeleteWebhook { WebhookId = webhookId });

        (await shop.AskAsync("/webhooks")).Items().ShouldBeEmpty();
        (await shop.Account.ScalarAsync<long>("select count(*) from process_deployment.webhook_delivery where account_id = $1")).ShouldBe(0);
        (await shop.Account.ScalarAsync<long>("select count(*) from process_deployment.webhook_secret where account_id = $1")).ShouldBe(0);
    }

    private async Task<Shop> OpenAsync(Receiver receiver, params string[] types)
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(Hook(receiver, types));
        return shop;
    }

    private SetWebhook Hook(Receiver receiver, params string[]? types) => new() { WebhookId = Guid.CreateVersion7(), Url = receiver.Url.ToString(), EventTypes = types, Secret = _secret };

    private static async Task<JsonElement> WebhookAsync(Shop shop, Func<JsonElement, bool> isSo) => (await Eventually.BecomesAsync(
        () => shop.AskAsync("/webhooks"), answer => answer.Items().Any(isSo))).Items().First(isSo);

    private static IEnumerable<string?> Names(JsonElement body, string list) => body.GetProperty("data").GetProperty("difference").Names(list);

    /// <summary>As the specification says, and not as the engine does it.</summary>
    private bool IsSigned(Received request)
    {
        var signed = Encoding.UTF8.GetBytes($"{request.Id}.{request.Headers["webhook-timestamp"]}.{Encoding.UTF8.GetString(request.Bytes)}");
        var age = DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        return request.Headers["webhook-signature"] == $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_secret), signed))}" && age.Duration() < Eventually.Patience;
    }
}
