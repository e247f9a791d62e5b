using System.Diagnostics.Metrics;

namespace ProcessDeployment.Engine.Operations;

/// <summary>The last <see cref="Reading"/> as metrics.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Meter);

    public Gauges(Readings readings)
    {
        _meter.CreateObservableGauge("process_deployment.projection.lag", () => readings.Last.LagSeconds, "s", "Age of the oldest event that no read model shows yet.");
        _meter.CreateObservableGauge("process_deployment.projection.events_behind", () => readings.Last.EventsBehind, "{event}", "Events that no read model shows yet.");
        _meter.CreateObservableGauge("process_deployment.intake.depth", () => readings.Last.IntakeDepth, "{command}", "Commands waiting in the PostgreSQL intake.");
        _meter.CreateObservableGauge("process_deployment.intake.oldest", () => readings.Last.IntakeAgeSeconds, "s", "Age of the oldest command in the PostgreSQL intake.");
        _meter.CreateObservableGauge("process_deployment.dead_letters", () => readings.Last.DeadLetters, "{command}", "Commands that could not be brought to the domain.");
        _meter.CreateObservableGauge("process_deployment.dead_messages", () => readings.Last.DeadMessages, "{message}", "Messages of the engine that failed for good.");
    }

    public void Dispose() => _meter.Dispose();
}
