using Npgsql;
using ProcessDeployment.Engine.Rebuild.Proof;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>A job at work, from the lock to how it ended. Its connection holds the lock and says how far it is: without it, it may not go on.</summary>
internal sealed class RebuildRun(NpgsqlConnection holder, RebuildJob job, RebuildWork work, RebuildNotes notes, ILogger log)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromMilliseconds(500);

    public RebuildProgress Progress { get; } = new() { Phase = job.Phase };

    /// <summary>Until it ends, or the node stops: then it is left running, and whichever node starts next goes on with it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var held = holder;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var (status, failure, proof) = ("completed", (string?)null, (IReadOnlyList<AccountProof>?)null);
        var cancelled = SayAsync(stop);
        try
        {
            proof = await work.RunAsync(job, Progress, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            status = "cancelled";
        }
        catch (Exception e)
        {
            (status, failure) = ("failed", e.Message);
            log.LogError(e, "The rebuild of {Models} failed; what answers was left as it is", string.Join(", ", job.Models));
        }

        await stop.CancelAsync();
        var wasAsked = await cancelled;
        if (status != "cancelled" || wasAsked) await notes.EndedAsync(job, status, Progress, failure, proof);
    }

    /// <summary>Says how far it is, every phase at once, until it ends; true when it was asked to stop.</summary>
    private async Task<bool> SayAsync(CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                await Progress.ChangedAsync(SayEvery, stop.Token);
                if (!await RebuildJobs.ProgressedAsync(holder, job, Progress, CancellationToken.None)) continue;
                await stop.CancelAsync();
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The connection that holds the lock of rebuilds is gone, and with it the right to go on");
            await stop.CancelAsync();
            return false;
        }
    }
}
