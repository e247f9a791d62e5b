using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.RabbitMq;
using ProcessDeployment.Engine.Tests;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class A_session_that_cannot_begin(BrokerFixture broker, EngineFixture engine)
{
    [Fact]
    public async Task leaves_no_connection_behind()
    {
        await broker.NewAccountAsync();
        using var deadLetters = new DeadLetterStore(engine.Databases);
        var before = await ConnectionsAsync();

        // The queues are there and of another type: declaring them fails, after both connections were made.
        var otherType = new BrokerConnections(broker.Server.Address, queueType: "classic");
        for (var i = 0; i < 5; i++)
        {
            await Should.ThrowAsync<OperationInterruptedException>(
                () => Session.OpenAsync(otherType, broker.Services.GetRequiredService<HomeRoutes>(), Session.Many, deadLetters, NullLogger.Instance, TestContext.Current.CancellationToken));
        }

        await Eventually.TrueAsync(async () => await ConnectionsAsync() <= before, "the connections of sessions that never began to be closed");
    }

    private async Task<int> ConnectionsAsync() =>
        (await broker.Server.ControlAsync("list_connections", "client_properties")).Count(name => name.Contains("process-deployment outcomes", StringComparison.Ordinal));
}
