using System.Net;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Asking_about_a_change(EngineFixture engine)
{
    [Fact]
    public async Task tells_who_what_why_and_all_that_its_event_says()
    {
        var shop = await Shop.OpenAsync(engine);
        var attached = await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production) with { Reason = "go-live" });

        var change = await shop.Account.AskAsync($"/audit/{attached.Position}", attached.Position);

        (change.Text("type"), change.Text("name"), change.Text("reason"), change.Id("commandId")).ShouldBe(("processdeployment.atom-attached.v1", "Orders", "go-live", attached.CommandId));
        (change.GetProperty("data").Id("processId"), change.GetProperty("data").Id("atomId")).ShouldBe((shop.Orders, shop.Production));
        (change.GetProperty("position").GetInt64(), change.GetProperty("shownPosition").GetInt64()).ShouldBe((attached.Position, attached.Position));
    }

    [Fact]
    public async Task that_had_not_happened_by_then_finds_none()
    {
        var shop = await Shop.OpenAsync(engine);
        var attached = await shop.Account.SendAsync(Shop.Attach(shop.Orders, shop.Production));
        await shop.Account.AskAsync("/audit", attached.Position);

        (await shop.Account.AsOf(attached.Position - 1).TryAskAsync($"/audit/{attached.Position}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.TryAskAsync($"/audit/{attached.Position + 1}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Account.ProblemOfAsync("/audit/0")).Member.ShouldBe("position");
    }

    [Fact]
    public async Task shows_no_more_than_what_is_published()
    {
        var account = await engine.NewAccountAsync();
        var set = await account.SendAsync(new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = "https://hooks.example/services/T0/very-secret", Secret = "0123456789abcdef0123" });

        var change = await account.AskAsync($"/audit/{set.Position}", set.Position);

        change.GetProperty("data").Text("url")!.ShouldStartWith("https://hooks.example");
        change.ToString().ShouldNotContain("very-secret");
        change.ToString().ShouldNotContain("0123456789abcdef");
    }
}
