using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Publishing;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether events are given on to the broker. An event that cannot be read is waited for. While the broker is away they wait, too, which is <see cref="BrokerHealth"/>'s to say.</summary>
internal sealed class PublishingHealth(EngineOptions options, IProjectionCoordinator coordinator, ReadableEvents readable) : IHealthPart
{
    public string Name => EventsToBroker.Name;

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        var trouble = await coordinator.TroubleWithAsync(EventsToBroker.Name, options) ?? readable.Trouble;
        return new(trouble is null, trouble);
    }
}
