using ProcessDeployment.Engine.Ledger.Sealing;

namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether events are sealed: by this node, or by the one that does. Where something stands against it, what.</summary>
internal sealed class LedgerHealth(Readings readings, SealerStatus sealer) : IHealthPart
{
    /// <summary>A second is usual; a failing disk or another node that takes over may take longer.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    public string Name => "ledger";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        var reading = await readings.TakeAsync(TimeSpan.Zero, cancellation);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["lagSeconds"] = reading.SealLagSeconds, ["sealed"] = reading.Sealed };
        if (sealer.Trouble is { } trouble) return new(Healthy: false, trouble, figures);
        if (sealer.Stopped.FirstOrDefault() is { } stopped) return new(Healthy: false, stopped, figures);
        return reading.SealLagSeconds <= Tolerated.TotalSeconds
            ? new(Healthy: true, Detail: null, figures)
            : new(Healthy: false, "No node seals: events can be changed without a trace.", figures);
    }
}
