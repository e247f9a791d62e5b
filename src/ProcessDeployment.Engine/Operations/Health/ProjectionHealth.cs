using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.ReadModels;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether the read models follow the events. One that has stopped is behind from the next event on. An account that is halted before an event that cannot be read is named; the others are followed.</summary>
internal sealed class ProjectionHealth(Readings readings, EngineOptions options, IProjectionCoordinator coordinator) : IHealthPart
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    /// <summary>The list of halted accounts has them all.</summary>
    private const int MostNamed = 10;

    public string Name => "read-models";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        var reading = await readings.TakeAsync(TimeSpan.Zero, cancellation);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["lagSeconds"] = reading.LagSeconds, ["eventsBehind"] = reading.EventsBehind, ["haltedAccounts"] = reading.HaltedCount };
        if (await coordinator.TroubleWithAsync(ReadModelProjection.ProjectionName, options) is { } trouble) return new(Healthy: false, trouble, figures);
        if (reading.LagSeconds > Tolerated.TotalSeconds) return new(Healthy: false, "The read models are behind: answers are old.", figures);
        return reading.Halted.Count == 0
            ? new(Healthy: true, Detail: null, figures)
            : new(Healthy: true, $"All accounts are followed but these: {string.Join("; ", reading.Halted.Take(MostNamed).Select(halted => halted.InWords()))}.", figures, Degraded: true);
    }
}
