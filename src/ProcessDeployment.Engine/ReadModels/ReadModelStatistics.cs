using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// Keeps PostgreSQL's picture of the tables near the truth while they grow from nothing. Until a table is analysed one
/// index looks as good as another, and PostgreSQL's own daemon may take a minute to look, in which an import writes a
/// hundred thousand rows.
/// </summary>
public sealed class ReadModelStatistics(Databases databases, ReadPositionFeed feed, ILogger<ReadModelStatistics> log) : BackgroundService
{
    /// <summary>Plans that fit a size fit four times that.</summary>
    private const int Growth = 4;

    private const int Smallest = 1_000;

    private const string Sizes = """
        select (select coalesce(sum(position), 0)::bigint from process_deployment.read_position),
            (select greatest(reltuples, 0)::bigint from pg_class where oid = 'process_deployment.audit_entry'::regclass)
        """;

    /// <summary>Pages come many a second; sizes need not be looked at so often.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(200);

    private static readonly string Analyse =
        $"analyze {string.Join(", ", ReadModelWriter.ReadModels.SelectMany(model => model.Tables).Select(table => $"process_deployment.{table}"))}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await feed.AnyAsync().WaitAsync(stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (NpgsqlException e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(e, "The read models could not be analysed and will be looked at again");
            }

            await Task.Delay(AtMostEvery, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var (events, analysed) = (0L, 0L);
        await using (var sizes = databases.Shared.CreateCommand(Sizes))
        await using (var row = await sizes.ExecuteReaderAsync(cancellation))
        {
            if (await row.ReadAsync(cancellation)) (events, analysed) = (row.GetInt64(0), row.GetInt64(1));
        }

        if (events < Math.Max(Smallest, Growth * analysed)) return;
        await using var analyse = databases.Shared.CreateCommand(Analyse);
        await analyse.ExecuteNonQueryAsync(cancellation);
        log.LogInformation("Analysed the read models at {Events} events", events);
    }
}
