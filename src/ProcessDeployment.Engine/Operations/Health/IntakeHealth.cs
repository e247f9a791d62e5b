namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>Whether commands sent over PostgreSQL are taken: the oldest that waits tells.</summary>
internal sealed class IntakeHealth(Readings readings) : IHealthPart
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    public string Name => "intake";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        var reading = await readings.TakeAsync(TimeSpan.FromSeconds(1), cancellation);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["waiting"] = reading.IntakeDepth, ["oldestSeconds"] = reading.IntakeAgeSeconds };
        return reading.IntakeAgeSeconds <= Tolerated.TotalSeconds
            ? new(Healthy: true, Detail: null, figures)
            : new(Healthy: false, "Commands wait in process_deployment.command_intake and are not taken.", figures);
    }
}
