using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Sees batches through: a failing one is tried again, then split, so that one bad command cannot hold up its account, let alone others.</summary>
internal sealed class BatchAttempts(BatchRunner batches, PipelineOptions options, PipelineSignals signals, ILogger log) : IDisposable
{
    /// <summary>Nobody tells when the store is back: so often what can wait is tried again.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromMilliseconds(500);

    /// <summary>How many accounts that are tried alone have a transaction at once.</summary>
    private readonly SemaphoreSlim _alone = new(options.Parallelism);

    public void Dispose() => _alone.Dispose();

    /// <summary>
    /// Tries them together. If that fails each goes on alone and the caller with others, since some may have to wait until
    /// the store answers again.
    /// </summary>
    /// <param name="together">Batches of several lanes.</param>
    /// <param name="done">Told of each batch whose commands are all answered.</param>
    public async Task RunAsync(IReadOnlyList<LaneBatch> together, Action<LaneBatch> done)
    {
        if (await TryTogetherAsync(together))
        {
            foreach (var batch in together) done(batch);
            return;
        }

        foreach (var batch in together) _ = AloneAsync(batch, done);
    }

    /// <summary>Whatever goes wrong, each account is better off alone then.</summary>
    private async Task<bool> TryTogetherAsync(IReadOnlyList<LaneBatch> together)
    {
        var works = together.Select(batch => (Batch: batch, Work: new AccountWork(batch.Lane.AccountId, [.. batch.Waiting.Select(waiting => waiting.Command)]))).ToList();
        using var trace = Tracing.Batch(together);
        try
        {
            await batches.RunAsync([.. works.Select(each => each.Work)], CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The commands of {Count} accounts failed together and are tried again, each account alone", together.Count);
            return false;
        }

        foreach (var (batch, work) in works) Answer(batch.Waiting, work.Answers);
        return true;
    }

    private async Task AloneAsync(LaneBatch batch, Action<LaneBatch> done)
    {
        try
        {
            await RunAsync(batch.Lane, batch.Waiting);
        }
        catch (Exception e)
        {
            log.LogError(e, "A batch of account {Account} was given up", batch.Lane.AccountId);
            foreach (var waiting in batch.Waiting) waiting.Fail(e);
        }
        finally
        {
            done(batch);
        }
    }

    private async Task RunAsync(AccountLane lane, IReadOnlyList<AccountLane.Waiting> batch)
    {
        using var trace = Tracing.Batch([new(lane, batch)]);
        while (batch.Count > 0)
        {
            try
            {
                Answer(batch, await TryAsync(lane.AccountId, [.. batch.Select(waiting => waiting.Command)]));
                return;
            }
            catch (Exception e) when (Outages.Is(e))
            {
                log.LogError(e, "The store does not answer; {Count} commands of account {Account} are not judged yet", batch.Count, lane.AccountId);
                batch = await SitOutAsync(lane, batch, new StoreUnavailableException(e));
            }
            catch (AccountAwayException e)
            {
                foreach (var waiting in batch) waiting.Fail(e);
                return;
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

    private void Answer(IReadOnlyList<AccountLane.Waiting> batch, IReadOnlyList<Outcome> outcomes)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (outcomes[i].Refusal?.Code == AccountWork.NoLongerLetIn) batch[i].Fail(new NoLongerLetInException());
            else batch[i].Answer(outcomes[i]);
        }

        try
        {
            signals.Committed(batch, outcomes);
        }
        catch (Exception e)
        {
            log.LogError(e, "What {Count} commands did is stored and answered, but not everybody was told", batch.Count);
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
            await _alone.WaitAsync();
            try
            {
                return await batches.RunAsync(accountId, commands, CancellationToken.None);
            }
            catch (Exception e) when (attempt <= options.Retries && IsTransient(e))
            {
                log.LogWarning(e, "Attempt {Attempt} on account {Account} failed", attempt, accountId);
            }
            finally
            {
                _alone.Release();
            }

            // A transient failure is mostly somebody else's load: longer each time, to be no part of it.
            await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt));
        }
    }

    private static bool IsTransient(Exception e) => e is NpgsqlException { IsTransient: true } || Outages.Is(e);
}
