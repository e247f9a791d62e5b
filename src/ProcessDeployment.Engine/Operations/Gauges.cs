using System.Diagnostics.Metrics;

namespace ProcessDeployment.Engine.Operations;

/// <summary>
/// The last <see cref="Reading"/> as metrics. Where none could be taken each is NaN: a gauge that said nothing would be
/// exported with its former value, as if all were well.
/// </summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Meter);
    private readonly Readings _readings;

    public Gauges(Readings readings)
    {
        _readings = readings;
        _meter.CreateObservableGauge("process_deployment.readings.available", () => readings.Last is null ? 0 : 1, "{reading}", "1 while the figures from the database could be read, 0 while they could not and are NaN.");
        Add("process_deployment.projection.lag", "s", "Age of the oldest event that no read model shows yet.", static reading => reading.LagSeconds);
        Add("process_deployment.projection.events_behind", "{event}", "Events that no read model shows yet.", static reading => reading.EventsBehind);
        Add("process_deployment.projection.halted_accounts", "{account}", "Accounts whose read models stand still before an event that cannot be read.", static reading => reading.HaltedCount);
        Add("process_deployment.ledger.lag", "s", "Age of the oldest event that no checkpoint covers yet.", static reading => reading.SealLagSeconds);
        Add("process_deployment.ledger.size", "{event}", "Events that the ledger covers, of all accounts.", static reading => reading.Sealed);
        Add("process_deployment.intake.depth", "{command}", "Commands waiting in the PostgreSQL intake.", static reading => reading.IntakeDepth);
        Add("process_deployment.intake.oldest", "s", "Age of the oldest command in the PostgreSQL intake.", static reading => reading.IntakeAgeSeconds);
        Add("process_deployment.dead_letters", "{message}", "Messages that could not be brought to the domain.", static reading => reading.DeadLetters);
        Add("process_deployment.dead_messages", "{message}", "Messages of the engine that failed for good.", static reading => reading.DeadMessages);
    }

    public void Dispose() => _meter.Dispose();

    private void Add(string name, string unit, string description, Func<Reading, double> read) =>
        _meter.CreateObservableGauge(name, () => _readings.Last is { } last ? read(last) : double.NaN, unit, description);
}
