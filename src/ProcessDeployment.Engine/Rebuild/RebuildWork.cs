using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>What a job does, from wherever it was left: build, exchange, prove.</summary>
internal sealed class RebuildWork(Databases databases, EventDecoder decoder, Prover prover, AccountsOfProof accounts, HaltedAccounts halted, Resumption resumption, ReadPosition reading, QuestionsFirst questions, RebuildJobs jobs, ILogger<RebuildWork> log)
{
    /// <summary>Accounts are folded together up to so many events.</summary>
    public long EventsAtOnce { get; set; } = Generation.UsualEventsAtOnce;

    private readonly RebuildTurns _turns = new();

    public async Task<IReadOnlyList<AccountProof>> RunAsync(RebuildJob job, RebuildProgress progress, CancellationToken cancellation)
    {
        var models = RebuildModel.Of([.. job.Models]);
        List<TableProof> tables = [.. models.SelectMany(model => model.Proofs)];
        // What stood in the way may have been mended: then the account goes on, and is rebuilt like the others.
        foreach (var accountId in (await halted.AllAsync(cancellation)).Select(account => account.AccountId).Where(accountId => accountId == (job.AccountId ?? accountId)))
            await ResumeAsync(accountId, cancellation);
        if (!job.VerifyOnly)
        {
            await BuildAsync(job, [.. models.Where(model => model.IsRebuilt && model.Writer is not null)], progress, cancellation);
            if (models.Any(model => model.Name == RebuildModel.CurrentState)) await CurrentStateAsync(job, tables, progress, cancellation);
        }

        progress.Phase = RebuildPhases.Proving;
        var (proofs, left) = (new List<AccountProof>(), await LeftAsync(job, cancellation));
        foreach (var accountId in (await accounts.ConcernedAsync(job, tables, cancellation)).Where(accountId => job.VerifyOnly || !left.Contains(accountId)))
            proofs.Add(await prover.ProveAsync(accountId, tables, proved: null, cancellation));
        progress.Phase = RebuildPhases.Done;
        return proofs;
    }

    /// <summary>A page that was made meanwhile still leaves the account out, the one of this job's own beginning above all: what it left is waited for.</summary>
    private async Task ResumeAsync(string accountId, CancellationToken cancellation)
    {
        if (!await resumption.ResumeAsync(accountId, cancellation)) return;
        List<AccountEvents> itself;
        await using (var connection = await databases.Shared.OpenConnectionAsync(cancellation)) itself = await AccountGroups.ReadAsync(connection, accountId, cancellation);
        try
        {
            foreach (var account in itself) await reading.WaitAsync(accountId, account.Events, cancellation);
            await resumption.ResumeAsync(accountId, cancellation);
        }
        catch (AccountHaltedException e)
        {
            log.LogDebug(e, "Account {AccountId} is halted again", accountId);
        }
    }

    private async Task BuildAsync(RebuildJob job, List<RebuildModel> models, RebuildProgress progress, CancellationToken cancellation)
    {
        if (models.Count == 0 || job.Mark.IsExchanged) return;
        var next = new Generation(databases, decoder, questions, _turns, job, models, progress) { EventsAtOnce = EventsAtOnce };
        await next.FillAsync(cancellation);
        await new Switch(databases, jobs, log).RunAsync(next, cancellation);
        log.LogInformation("Rebuilt {Models}: {Events} events", string.Join(", ", models.Select(model => model.Name)), progress.EventsRead);
    }

    /// <summary>Not of accounts that are left: of one that is halted at a gap every event can be read, and tells less than decisions have seen.</summary>
    private async Task CurrentStateAsync(RebuildJob job, IEnumerable<TableProof> tables, RebuildProgress progress, CancellationToken cancellation)
    {
        var left = await LeftAsync(job, cancellation);
        var concerned = await accounts.ConcernedAsync(job, tables, cancellation);
        await new CurrentStateRebuild(databases, decoder, questions, _turns, job, progress).RunAsync([.. concerned.Where(accountId => !left.Contains(accountId))], cancellation);
    }

    /// <summary>Named in the job, those that are only proved and halted, too.</summary>
    private async Task<LeftAccounts> LeftAsync(RebuildJob job, CancellationToken cancellation)
    {
        var left = new LeftAccounts(job.JobId);
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await left.ReadAsync(connection, job.AccountId, cancellation);
        await left.KeepAsync(connection, cancellation);
        return left;
    }
}
