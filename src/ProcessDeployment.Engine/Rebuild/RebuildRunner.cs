using Npgsql;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Runs jobs, one at a time over all nodes: whoever holds an advisory lock runs one, and a node that dies lets go of it. A
/// job whose node died or lost the lock is gone on with by whichever node sees that first.
/// </summary>
internal sealed class RebuildRunner(Databases databases, RebuildJobs jobs, RebuildWork work, IOperationsLog operations, ILogger<RebuildRunner> log) : BackgroundService
{
    internal const long Lock = 0x70726f63_72656264;
    private const int Attempts = 50;
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SayEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stopping = new();
    private RebuildGauges? _gauges;
    private volatile Task _running = Task.CompletedTask;

    /// <summary>How far the job of this node is; null while it runs none.</summary>
    public RebuildProgress? Progress { get; private set; }

    /// <summary>Starts a job; null when one runs already, here or on another node.</summary>
    public async Task<Guid?> BeginAsync(RebuildRequest asked, CancellationToken cancellation)
    {
        if (await HoldAsync(cancellation) is not { } holder) return null;
        try
        {
            // Whoever ran one before and did not end it holds the lock no more.
            if (await jobs.RunningAsync(cancellation) is { } left)
                await jobs.EndAsync(left.JobId, left.Runner, "failed", new() { Phase = left.Phase }, "The engine that ran it ended, and another job was begun instead of going on with it.", proof: null, cancellation);
            var (jobId, runner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await jobs.AddAsync(jobId, asked, runner, cancellation);
            await RunOrFailAsync(holder, jobId, runner);
            return jobId;
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on with a job that was cancelled or failed; false when one runs already.</summary>
    public async Task<bool> ResumeAsync(RebuildJob job, CancellationToken cancellation)
    {
        if (await HoldAsync(cancellation) is not { } holder) return false;
        try
        {
            var runner = Guid.CreateVersion7();
            if (await jobs.ReviveAsync(job, runner, cancellation))
            {
                await RunOrFailAsync(holder, job.JobId, runner);
                return true;
            }

            await holder.DisposeAsync();
            return false;
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(_running, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        _gauges?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _gauges = new(() => Progress);
        using var timer = new PeriodicTimer(LookEvery);
        do
        {
            if (Progress is null && !_stopping.IsCancellationRequested) await GoOnAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Goes on with what runs according to the list and to nobody's lock.</summary>
    private async Task GoOnAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await jobs.RunningAsync(stoppingToken) is not { } left || !await ResumeAsync(left, stoppingToken)) return;
            log.LogInformation("Going on with the rebuild of {Models} that ended with the engine that ran it", string.Join(", ", left.Models));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning(e, "Whether a rebuild was left by an engine that ended could not be seen");
        }
    }

    /// <summary>Null when a job runs. One that has just said that it ended may hold the lock for another moment.</summary>
    private async Task<NpgsqlConnection?> HoldAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryHoldAsync(cancellation) is { } holder) return holder;
            if (attempt == Attempts || await jobs.RunningAsync(cancellation) is not null) return null;
            await Task.Delay(BeforeTryingAgain, cancellation);
        }
    }

    private async Task<NpgsqlConnection?> TryHoldAsync(CancellationToken cancellation)
    {
        var connection = await databases.OpenSessionAsync(cancellation);
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", connection);
        if ((bool)(await command.ExecuteScalarAsync(cancellation))!) return connection;
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>In the account whose records it is about; where it is about all of them, in the operator's.</summary>
    private static string NotedIn(RebuildJob job) => job.AccountId ?? job.AskedIn;

    private async Task<RebuildJob> NoteBeginningAsync(RebuildJob job, CancellationToken cancellation)
    {
        await operations.RecordAsync(NotedIn(job), job.Actor, new RebuildStarted { JobId = job.JobId, Models = job.Models, VerifyOnly = job.VerifyOnly }, cancellation);
        return job;
    }

    /// <summary>A job that is in the list and does not run after all must not look as if it did, whoever waited for it or not.</summary>
    private async Task RunOrFailAsync(NpgsqlConnection holder, Guid jobId, Guid runner)
    {
        try
        {
            Run(holder, await NoteBeginningAsync((await jobs.FindAsync(jobId, CancellationToken.None))!, CancellationToken.None));
        }
        catch (Exception e)
        {
            await jobs.EndAsync(jobId, runner, "failed", new(), $"It could not be begun: {e.Message}", proof: null, CancellationToken.None);
            throw;
        }
    }

    private void Run(NpgsqlConnection holder, RebuildJob job)
    {
        var progress = Progress = new RebuildProgress { Phase = job.Phase };
        _running = Task.Run(() => RunAsync(holder, job, progress), CancellationToken.None);
    }

    private async Task RunAsync(NpgsqlConnection holder, RebuildJob job, RebuildProgress progress)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var (status, failure, proof) = ("completed", (string?)null, (IReadOnlyList<AccountProof>?)null);
        var cancelled = SayAsync(holder, job, progress, stop);
        try
        {
            proof = await work.RunAsync(job, progress, stop.Token);
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

        try
        {
            await stop.CancelAsync();
            var wasAsked = await cancelled;
            // A node that stops leaves its job running: whichever starts next goes on with it.
            if (status != "cancelled" || wasAsked) await EndAsync(job, status, progress, failure, proof);
        }
        finally
        {
            Progress = null;
            await holder.DisposeAsync();
        }
    }

    /// <summary>Says how far it is on the connection that holds the lock, until it ends; true when it was asked to stop.</summary>
    private async Task<bool> SayAsync(NpgsqlConnection holder, RebuildJob job, RebuildProgress progress, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(SayEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (!await RebuildJobs.ProgressedAsync(holder, job, progress, CancellationToken.None)) continue;
                await stop.CancelAsync();
                return true;
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The connection that holds the lock of rebuilds is gone, and with it the right to go on");
            await stop.CancelAsync();
        }

        return false;
    }

    private async Task EndAsync(RebuildJob job, string status, RebuildProgress progress, string? failure, IReadOnlyList<AccountProof>? proof)
    {
        try
        {
            if (!await jobs.EndAsync(job.JobId, job.Runner, status, progress, failure, proof, CancellationToken.None)) return;
            var differences = proof?.Sum(account => account.Differences) ?? 0;
            await operations.RecordAsync(NotedIn(job), job.Actor, new RebuildEnded { JobId = job.JobId, Result = differences > 0 ? "differs" : status, Differences = differences, Detail = failure });
        }
        catch (Exception e)
        {
            log.LogWarning(e, "How the rebuild {JobId} ended could not be noted", job.JobId);
        }
    }
}
