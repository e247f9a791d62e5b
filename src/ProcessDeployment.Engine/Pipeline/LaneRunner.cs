using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Works off lanes: a failing batch is tried again, then split, so that one bad command cannot hold up its account.</summary>
internal sealed class LaneRunner(BatchRunner batches, PipelineOptions options, PipelineSignals signals, ILogger log) : IDisposable
{
    private static readonly TimeSpan Outage = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _places = new(options.Parallelism);
    private int _lanesAtWork;

    public PipelineOptions Options => options;

    public void Start(AccountLane lane)
    {
        Interlocked.Increment(ref _lanesAtWork);
        _ = Task.Run(() => WorkAsync(lane));
    }

    public async Task DrainAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Volatile.Read(ref _lanesAtWork) > 0 && await timer.WaitForNextTickAsync(cancellation)) { }
    }

    public void Dispose() => _places.Dispose();

    private async Task WorkAsync(AccountLane lane)
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync();
                try
                {
                    if (lane.Next() is not { } batch) return;
                    await RunAsync(lane, batch);
                }
                finally
                {
                    _places.Release();
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _lanesAtWork);
        }
    }

    private async Task RunAsync(AccountLane lane, IReadOnlyList<AccountLane.Waiting> batch)
    {
        using var trace = Tracing.Batch(lane.AccountId, batch);
        while (batch.Count > 0)
        {
            try
            {
                var outcomes = await TryAsync(lane.AccountId, [.. batch.Select(waiting => waiting.Command)]);
                signals.Committed(lane.AccountId, batch, outcomes);
                for (var i = 0; i < batch.Count; i++) batch[i].Answer(outcomes[i]);
                return;
            }
            catch (Exception e) when (IsOutage(e))
            {
                log.LogError(e, "The store does not answer; {Count} commands of account {Account} are not judged yet", batch.Count, lane.AccountId);
                batch = await SitOutAsync(lane, batch, new StoreUnavailableException(e));
            }
            catch (Exception e) when (batch.Count > 1)
            {
                log.LogWarning(e, "A batch of {Count} commands of account {Account} failed and is split", batch.Count, lane.AccountId);
                await RunAsync(lane, [.. batch.Take(batch.Count / 2)]);
                batch = [.. batch.Skip(batch.Count / 2)];
            }
            catch (Exception e)
            {
                log.LogError(e, "A command of account {Account} could not be brought to effect", lane.AccountId);
                batch[0].Fail(e);
                return;
            }
        }
    }

    /// <summary>Those in a hurry are told; what remains of the batch is tried again, first in its lane as it was.</summary>
    private static async Task<IReadOnlyList<AccountLane.Waiting>> SitOutAsync(AccountLane lane, IReadOnlyList<AccountLane.Waiting> batch, StoreUnavailableException why)
    {
        foreach (var waiting in batch.Where(waiting => !waiting.Command.CanWait)) waiting.Fail(why);
        lane.FailThoseInAHurry(why);
        var rest = batch.Where(waiting => waiting.Command.CanWait).ToList();
        if (rest.Count > 0) await Task.Delay(Outage);
        return rest;
    }

    /// <summary>Trying again is always safe: a command whose effect was committed unseen is answered from its stored outcome.</summary>
    private async Task<IReadOnlyList<Outcome>> TryAsync(string accountId, IReadOnlyList<IncomingCommand> commands)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await batches.RunAsync(accountId, commands, CancellationToken.None);
            }
            catch (Exception e) when (attempt <= options.Retries && IsTransient(e))
            {
                log.LogWarning(e, "Attempt {Attempt} on account {Account} failed", attempt, accountId);
                await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt));
            }
        }
    }

    private static bool IsTransient(Exception e) => e is NpgsqlException { IsTransient: true } || IsOutage(e);

    /// <summary>The database is away or cannot write: no fault of any command.</summary>
    private static bool IsOutage(Exception e) => e switch
    {
        // A statement that took too long: a smaller batch may do.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        PostgresException postgres => postgres.SqlState.StartsWith("57", StringComparison.Ordinal) || postgres.SqlState.StartsWith("53", StringComparison.Ordinal) || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };
}
