namespace ProcessDeployment.Engine.Operations;

/// <summary>Keeps the readings fresh while metrics are pushed to a collector. Nobody asks then, as a scrape does.</summary>
internal sealed class ReadingsForExport(Readings readings) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do await readings.TryTakeAsync(TimeSpan.Zero, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
