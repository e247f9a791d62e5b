using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.ReadModels;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether the read models follow the events. One that has stopped, say on an event it cannot read, is behind from the next event on.</summary>
internal sealed class ProjectionHealth(Readings readings, EngineOptions options, IProjectionCoordinator coordinator) : IHealthPart
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    public string Name => "read-models";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        var reading = await readings.TakeAsync(TimeSpan.Zero, cancellation);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["lagSeconds"] = reading.LagSeconds, ["eventsBehind"] = reading.EventsBehind };
        if (await coordinator.TroubleWithAsync(ReadModelProjection.ProjectionName, options) is { } trouble) return new(Healthy: false, trouble, figures);
        return reading.LagSeconds <= Tolerated.TotalSeconds
            ? new(Healthy: true, Detail: null, figures)
            : new(Healthy: false, "The read models are behind: answers are old.", figures);
    }
}
