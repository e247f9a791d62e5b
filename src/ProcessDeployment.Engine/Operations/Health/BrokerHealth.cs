using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether the configured broker lets us in.</summary>
internal sealed class BrokerHealth(BrokerConnections broker) : IHealthPart
{
    public string Name => "broker";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        await using var connection = await broker.ConnectAsync("health", cancellation);
        return new(connection.IsOpen);
    }
}
