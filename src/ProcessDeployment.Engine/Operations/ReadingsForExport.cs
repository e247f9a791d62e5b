using Npgsql;

namespace ProcessDeployment.Engine.Operations;

/// <summary>Keeps the readings fresh while metrics are pushed to a collector. Nobody asks then, as a scrape does.</summary>
internal sealed class ReadingsForExport(Readings readings, ILogger<ReadingsForExport> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await readings.TakeAsync(TimeSpan.Zero, stoppingToken);
            }
            catch (NpgsqlException e)
            {
                log.LogDebug(e, "The readings for metrics could not be taken");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
