using System.Diagnostics.Metrics;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>The jobs of this node as metrics; all zero while it runs none.</summary>
internal sealed class RebuildGauges : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Meter);

    public RebuildGauges(Func<IReadOnlyList<RebuildProgress>> now)
    {
        _meter.CreateObservableGauge("process_deployment.rebuild.running", () => now().Count, "{job}", "Rebuilds and proofs at work on this node.");
        _meter.CreateObservableGauge("process_deployment.rebuild.events_read", () => now().Sum(job => job.EventsRead), "{event}", "Events the running rebuilds have read.");
        _meter.CreateObservableGauge("process_deployment.rebuild.events_total", () => now().Sum(job => job.EventsTotal), "{event}", "Events the running rebuilds will read in all.");
        _meter.CreateObservableGauge("process_deployment.rebuild.rate", () => now().Sum(job => job.EventsPerSecond), "{event}/s", "Events the running rebuilds read in a second.");
    }

    public void Dispose() => _meter.Dispose();
}
