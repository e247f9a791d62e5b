using System.Diagnostics.Metrics;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>The job of this node as metrics; all zero while it runs none.</summary>
internal sealed class RebuildGauges : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Meter);

    public RebuildGauges(Func<RebuildProgress?> now)
    {
        _meter.CreateObservableGauge("process_deployment.rebuild.running", () => now() is null ? 0 : 1, "{job}", "1 while this node rebuilds or proves read models.");
        _meter.CreateObservableGauge("process_deployment.rebuild.events_read", () => now()?.EventsRead ?? 0, "{event}", "Events the running rebuild has read.");
        _meter.CreateObservableGauge("process_deployment.rebuild.events_total", () => now()?.EventsTotal ?? 0, "{event}", "Events the running rebuild will read in all.");
        _meter.CreateObservableGauge("process_deployment.rebuild.rate", () => now()?.EventsPerSecond ?? 0, "{event}/s", "Events the running rebuild reads in a second.");
    }

    public void Dispose() => _meter.Dispose();
}
