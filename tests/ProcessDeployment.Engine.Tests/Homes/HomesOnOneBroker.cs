using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.Engine.Tests.Homes;

/// <summary>Two homes that share a part of a broker which nobody else uses.</summary>
internal sealed class HomesOnOneBroker : IAsyncDisposable
{
    private readonly BrokerFixture _broker;
    private readonly string _vhost = $"homes-{Guid.NewGuid():n}";

    private HomesOnOneBroker(BrokerFixture broker) => _broker = broker;

    public NeighbouringHomes Homes { get; private set; } = null!;

    /// <summary>Where producers send to.</summary>
    public string Address => $"{_broker.Server.Address}{_vhost}";

    public static async Task<HomesOnOneBroker> StartAsync(EngineFixture engine, BrokerFixture broker)
    {
        // Skips the test where there is no broker.
        await broker.NewAccountAsync();
        var one = new HomesOnOneBroker(broker);
        await broker.Server.ControlAsync("add_vhost", one._vhost);
        await broker.Server.ControlAsync("set_permissions", "-p", one._vhost, "guest", ".*", ".*", ".*");
        one.Homes = await NeighbouringHomes.StartAsync(engine, one.Address);
        foreach (var home in (string[])["main", "eu"]) await ChannelTests.Eventually.TrueAsync(() => Task.FromResult(one.Homes.ServicesOf(home).GetRequiredService<CommandIntake>().Connected), $"{home} to take commands from the broker");
        return one;
    }

    public async ValueTask DisposeAsync()
    {
        await Homes.DisposeAsync();
        await _broker.Server.ControlAsync("delete_vhost", _vhost);
    }
}
