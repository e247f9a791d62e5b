using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Homes.Moving;

/// <summary>An account that has come from another home tells nobody a second time what happened there, and nothing happens twice.</summary>
public sealed class What_was_told_elsewhere(EngineFixture engine)
{
    private static readonly RegisterAtom Berlin = new() { AtomId = Guid.CreateVersion7(), Name = "Berlin" };

    [Fact]
    public async Task is_not_published_again()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        await MovingHomes.SendAsync(homes.Main, Berlin);
        await MovingHomes.SendAsync(homes.Main, new RenameAtom { AtomId = Berlin.AtomId, Name = "Hamburg" });
        (await homes.MoveAsync(homes.Main, "eu", "acme.zip")).Code.ShouldBe(0);
        await MovingHomes.SendAsync(homes.Eu, new RenameAtom { AtomId = Berlin.AtomId, Name = "Paris" });

        (await PublishedAsync(homes.Main)).ShouldBe([1, 2]);
        (await PublishedAsync(homes.Eu)).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task is_not_sent_to_webhooks_again_but_what_still_was_to_be_sent_is()
    {
        await using var homes = await MovingHomes.StartAsync(engine);
        // Nobody listens there, and none of it is given up within a test.
        var hook = new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = "https://nobody.invalid/", Secret = "0123456789abcdef", EventTypes = ["processdeployment.atom-registered.v1"] };
        await MovingHomes.SendAsync(homes.Main, Berlin);
        await MovingHomes.SendAsync(homes.Main, hook);
        await MovingHomes.SendAsync(homes.Main, Berlin with { AtomId = Guid.CreateVersion7() });
        var last = (await MovingHomes.SendAsync(homes.Main, Berlin with { AtomId = Guid.CreateVersion7() })).Position;
        await MovingHomes.ReadAsync(homes.Main, last);
        // One was sent: it is nothing that is still to be done.
        await homes.Main.ExecuteAsync("delete from process_deployment.webhook_delivery where position = 3");
        MovingHomes.CopyKeys(homes.Main, homes.Eu);

        (await homes.MoveAsync(homes.Main, "eu", "acme.zip")).Code.ShouldBe(0);

        await MovingHomes.ReadAsync(homes.Eu, last + 1);
        (await homes.Eu.TextsAsync("select position::text from process_deployment.webhook_delivery order by position")).ShouldBe(["4"]);
        (await homes.Main.ScalarAsync<long>("select count(*) from process_deployment.webhook_delivery")).ShouldBe(0);
    }

    private static async Task<long[]> PublishedAsync(OwnEngine home)
    {
        await using var session = home.Services.GetRequiredService<IDocumentStore>().QuerySession();
        List<IEvent> stored = [.. await session.Events.QueryAllRawEvents().Where(e => e.AnyTenant()).OrderBy(e => e.Sequence).ToListAsync(TestContext.Current.CancellationToken)];
        return [.. (await new EventsOfThisHome(home.Databases).OfAsync(stored.FindAll(e => e.TenantId == MovingHomes.Acme), TestContext.Current.CancellationToken)).Select(PublishedEvents.PositionOf)];
    }
}
