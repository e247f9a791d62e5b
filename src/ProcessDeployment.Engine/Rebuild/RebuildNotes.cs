using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Rebuild.Proof;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Notes in the history that a job began, and how it ended.</summary>
internal sealed class RebuildNotes(RebuildJobs jobs, IOperationsLog operations, ILogger<RebuildNotes> log)
{
    /// <summary>An event is not the place for a long list; the job has it.</summary>
    private const int MostNamed = 20;

    public Task BeganAsync(RebuildJob job, CancellationToken cancellation) => operations.RecordAsync(
        AccountOf(job), job.Actor, new RebuildStarted { JobId = job.JobId, Models = job.Models, VerifyOnly = job.VerifyOnly }, cancellation);

    /// <summary>In the list and in the history. Nobody waits for it, so what goes wrong is only logged.</summary>
    public async Task EndedAsync(RebuildJob job, string status, RebuildProgress progress, string? failure, IReadOnlyList<AccountProof>? proof)
    {
        try
        {
            if (!await jobs.EndAsync(job.JobId, job.Runner, status, progress, failure, proof, CancellationToken.None)) return;
            var left = (await jobs.FindAsync(job.JobId, CancellationToken.None))?.Left ?? [];
            var differences = proof?.Sum(account => account.Differences) ?? 0;
            await operations.RecordAsync(AccountOf(job), job.Actor, new RebuildEnded { JobId = job.JobId, Result = differences > 0 ? "differs" : status, Differences = differences, Detail = failure ?? (left.Count == 0 ? null : string.Join("; ", left.Take(MostNamed).Select(account => account.InWords()))) });
        }
        catch (Exception e)
        {
            log.LogWarning(e, "How the rebuild {JobId} ended could not be noted", job.JobId);
        }
    }

    /// <summary>The account whose records it is about; where it is about all of them, the operator's.</summary>
    private static string AccountOf(RebuildJob job) => job.AccountId ?? job.AskedIn;
}
