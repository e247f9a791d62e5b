using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Agents;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>Orders listens on Production, Invoice is there and does not.</summary>
public sealed class Looking_at_listeners(EngineFixture engine)
{
    [Fact, Covers("R37")]
    public async Task shows_whether_they_take_requests_now_and_then()
    {
        var shop = await ListeningAsync();
        (await StatusAsync(shop, shop.Orders)).ShouldBe("RUNNING");
        (await StatusAsync(shop, shop.Invoice)).ShouldBeNull("it does not listen");
        var before = shop.Position;

        await shop.DoAsync(new PauseListeners { AtomId = shop.Production });
        var paused = shop.Position;
        paused.ShouldBe(before + 1);
        (await StatusAsync(shop, shop.Orders)).ShouldBe("PAUSED");
        await shop.DoAsync(new ResumeListeners { ProcessId = shop.Orders, AtomId = shop.Production });
        (await StatusAsync(shop, shop.Orders)).ShouldBe("RUNNING");
        (await StatusAsync(shop, shop.Orders, paused)).ShouldBe("PAUSED");
        (await StatusAsync(shop, shop.Orders, before)).ShouldBe("RUNNING");
    }

    [Fact]
    public async Task shows_that_a_detach_and_another_start_step_end_a_pause()
    {
        var shop = await ListeningAsync();
        await shop.DoAsync(new PauseListeners { AtomId = shop.Production }, new DetachAtoms { ProcessId = shop.Orders, AtomIds = [shop.Production] });
        (await StatusAsync(shop, shop.Orders)).ShouldBeNull("it is not there");
        await shop.DoAsync(Shop.Attach(shop.Orders, shop.Production));
        (await StatusAsync(shop, shop.Orders)).ShouldBe("RUNNING");

        await shop.DoAsync(new PauseListeners { AtomId = shop.Production }, shop.SaveOrders(), Shop.Deploy(shop.Orders));
        (await StatusAsync(shop, shop.Orders)).ShouldBeNull("it does not listen");
        await shop.DoAsync(new RedeployVersion { ProcessId = shop.Orders, TargetVersion = 1 });
        (await StatusAsync(shop, shop.Orders)).ShouldBe("RUNNING");
    }

    [Fact]
    public async Task tells_the_agent_at_once_what_to_pause_and_to_start_anew()
    {
        var shop = await ListeningAsync();
        var (atom, _, _) = await AtomOutside.EnterAsync(engine, shop.Account, shop.Production);
        using var stream = await AtomStream.OpenAsync(atom.Http, shop.Production);
        await stream.NextAsync();
        (await DesiredAsync(shop, atom)).ShouldBe([("Orders", "RUNNING", null), ("invoice", null, null)], ignoreOrder: true);

        await shop.DoAsync(new PauseListeners { AtomId = shop.Production });
        var paused = shop.Position;
        await ToldAsync(stream, paused);
        (await DesiredAsync(shop, atom)).ShouldBe([("Orders", "PAUSED", paused), ("invoice", null, null)], ignoreOrder: true);

        await shop.DoAsync(new RestartListeners { ProcessId = shop.Orders, AtomId = shop.Production });
        await ToldAsync(stream, shop.Position);
        (await DesiredAsync(shop, atom)).ShouldBe([("Orders", "RUNNING", shop.Position), ("invoice", null, null)], ignoreOrder: true);
    }

    [Fact]
    public async Task leaves_words_in_the_audit_trail_and_answers_why_not()
    {
        var shop = await ListeningAsync();
        (await shop.Account.SendAsync(new PauseListeners { ProcessId = shop.Invoice, AtomId = shop.Production })).Refusal!.Code.ShouldBe(RefusalCodes.NotAListener);
        (await shop.Account.SendAsync(new PauseListeners { ProcessId = shop.Orders, AtomId = shop.Backup })).Refusal!.Code.ShouldBe(RefusalCodes.NotDeployed);
        (await shop.Account.SendAsync(new ResumeListeners { AtomId = shop.Production })).Status.ShouldBe(OutcomeStatus.Unchanged);
        await shop.DoAsync(new PauseListeners { AtomId = shop.Production }, new ResumeListeners { AtomId = shop.Production }, new RestartListeners { AtomId = shop.Production });

        (await shop.AskAsync($"/audit?atom={shop.Production}&take=3")).Items().Select(entry => $"{entry.Text("name")}: {entry.Text("summary")}").ShouldBe(
            ["Orders: listener restarted on Production", "Orders: listener resumed on Production", "Orders: listener paused on Production"]);
    }

    private async Task<Shop> ListeningAsync()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(
            shop.SaveOrders() with { StartStep = StartStep.Listener },
            Shop.Attach(shop.Orders, shop.Production), Shop.Attach(shop.Invoice, shop.Production), Shop.Deploy(shop.Orders), Shop.Deploy(shop.Invoice));
        return shop;
    }

    private static async Task<string?> StatusAsync(Shop shop, Guid processId, long? position = null) => (await (position is { } past
        ? shop.Account.AskAsync($"/processes/{processId}/atoms/{shop.Production}?asOf={past}", past)
        : shop.AskAsync($"/processes/{processId}/atoms/{shop.Production}"))).Text("listenerStatus");

    private static async Task<IEnumerable<(string? Name, string? Status, long? Since)>> DesiredAsync(Shop shop, AtomOutside atom)
    {
        var answer = await Eventually.BecomesAsync(() => atom.AskAsync($"/atoms/{shop.Production}/desired?atLeast={shop.Position}"), asked => asked.Status == System.Net.HttpStatusCode.OK);
        return answer.Body.Items().Select(item => (item.Text("name"), item.Text("listenerStatus"), item.TryGetProperty("listenerSince", out var since) ? since.GetInt64() : (long?)null));
    }

    /// <summary>What happened before may be told on the way.</summary>
    private static async Task ToldAsync(AtomStream stream, long position)
    {
        long? told;
        do told = await stream.NextAsync();
        while (told < position);
        told.ShouldBe(position);
    }
}
