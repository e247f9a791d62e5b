using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>What a job does, from wherever it was left: build, exchange, prove.</summary>
internal sealed class RebuildWork(Databases databases, Prover prover, AccountsOfProof accounts, ILogger<RebuildWork> log)
{
    /// <summary>Accounts are folded together up to so many events.</summary>
    public long EventsAtOnce { get; set; } = Generation.UsualEventsAtOnce;

    public async Task<IReadOnlyList<AccountProof>> RunAsync(RebuildJob job, RebuildProgress progress, CancellationToken cancellation)
    {
        var models = RebuildModel.Of([.. job.Models]);
        List<TableProof> tables = [.. models.SelectMany(model => model.Proofs)];
        if (!job.VerifyOnly)
        {
            try
            {
                await BuildAsync(job, [.. models.Where(model => model.IsRebuilt && model.Writer is not null)], progress, cancellation);
                if (models.Any(model => model.Name == RebuildModel.CurrentState)) await new CurrentStateRebuild(databases, job, progress).RunAsync(await accounts.ConcernedAsync(job, tables, cancellation), cancellation);
            }
            catch (UnreadableEventException e)
            {
                throw new RebuildException($"The event at position {e.Position} of account {e.AccountId}, in stream {await StreamOfAsync(e, cancellation)}, cannot be read: {e.InnerException!.Message}. What answers now was left as it is.", e);
            }
        }

        progress.Phase = RebuildPhases.Proving;
        var proofs = new List<AccountProof>();
        foreach (var accountId in await accounts.ConcernedAsync(job, tables, cancellation))
            proofs.Add(await prover.ProveAsync(accountId, tables, proved: null, cancellation));
        progress.Phase = RebuildPhases.Done;
        return proofs;
    }

    private async Task BuildAsync(RebuildJob job, List<RebuildModel> models, RebuildProgress progress, CancellationToken cancellation)
    {
        if (models.Count == 0 || job.Mark.IsExchanged) return;
        var next = new Generation(databases, job, models, progress) { EventsAtOnce = EventsAtOnce };
        await next.FillAsync(cancellation);
        await new Switch(databases, log).RunAsync(next, cancellation);
        log.LogInformation("Rebuilt {Models}: {Events} events", string.Join(", ", models.Select(model => model.Name)), progress.EventsRead);
    }

    private async Task<string> StreamOfAsync(UnreadableEventException unreadable, CancellationToken cancellation)
    {
        var stream = "";
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, unreadable.AccountId);
        batch.Query("select stream_id from events.mt_events where tenant_id = $1 and (headers ->> 'position')::bigint = $2", row => stream = row.GetString(0), Parameters.Value(unreadable.Position));
        await batch.RunAsync(cancellation);
        return stream;
    }
}
