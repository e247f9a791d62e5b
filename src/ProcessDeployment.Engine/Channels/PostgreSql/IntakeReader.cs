using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>Brings what senders put into the intake to the pipeline, in order. One node reads at a time; the others stand by.</summary>
internal sealed class IntakeReader(Databases databases, ICommandPipeline pipeline, Placement placement, DeadLetterStore deadLetters, ILogger<IntakeReader> log) : BackgroundService
{
    private const int Chunk = 1_000;

    /// <summary>Rows at work while the next chunk is read, so that lanes always have a batch ahead.</summary>
    private const int Ahead = 2 * Chunk;

    /// <summary>Notifications wake the reader and may get lost; after an error it is the time before the next attempt.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>PostgreSQL tells nobody that a lock is free: so long nobody reads after the reading node went away.</summary>
    private static readonly TimeSpan StandBy = TimeSpan.FromSeconds(2);

    private readonly IntakeFlow _flow = new(pipeline, placement, deadLetters, log);

    public override void Dispose()
    {
        _flow.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await IntakeConnection.OpenAsync(databases, stoppingToken);
                while (!await connection.TryLockAsync(stoppingToken)) await Task.Delay(StandBy, stoppingToken);
                await connection.ListenAsync(stoppingToken);
                await ReadAsync(connection, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The intake is not read for the moment");
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    private async Task ReadAsync(IntakeConnection connection, CancellationToken cancellation)
    {
        var cursor = new IntakeCursor();
        while (true)
        {
            var above = cursor.Next();
            var rows = await connection.ReadAsync(above, _flow.AtWork, Chunk, cancellation);
            cursor.Read(rows);
            await connection.SetAsideAsync(await _flow.TakeAsync(rows, cancellation), cancellation);
            if (IsLast(rows)) await connection.WaitAsync(Poll, cancellation);
            await _flow.RoomAsync(Ahead, cancellation);
        }
    }

    private static bool IsLast(List<IntakeRow> rows) => rows.Count < Chunk && rows.Sum(row => row.Size) < IntakeConnection.ChunkBytes;
}
