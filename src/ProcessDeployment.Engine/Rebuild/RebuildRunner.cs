using Npgsql;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Runs jobs, one at a time over all nodes. A job whose node died or lost the lock is gone on with by whichever node sees
/// that first.
/// </summary>
internal sealed class RebuildRunner(RebuildLock rebuilds, RebuildJobs jobs, RebuildWork work, RebuildNotes notes, ILogger<RebuildRunner> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stopping = new();
    private RebuildGauges? _gauges;
    private volatile Task _running = Task.CompletedTask;

    /// <summary>How far the job of this node is; null while it runs none.</summary>
    public RebuildProgress? Progress { get; private set; }

    /// <summary>Starts a job; null when one runs already, here or on another node.</summary>
    public Task<Guid?> BeginAsync(RebuildRequest asked, CancellationToken cancellation) =>
        BeginWithAsync((jobId, runner) => jobs.AddAsync(jobId, asked, runner, cancellation), cancellation);

    /// <summary>The same for a job that <paramref name="add"/> puts in the list, in one transaction with what makes it necessary, while no other one runs.</summary>
    public Task<Guid?> BeginWithAsync(Func<Guid, Guid, Task> add, CancellationToken cancellation) => HeldAsync(
        async runner =>
        {
            var left = await jobs.RunningAsync(cancellation);
            var jobId = Guid.CreateVersion7();
            await add(jobId, runner);
            // Whoever ran one before and did not end it holds the lock no more. Not earlier: where the new one is refused, the old one is gone on with.
            if (left is not null)
                await jobs.EndAsync(left.JobId, left.Runner, "failed", new() { Phase = left.Phase }, "The engine that ran it ended, and another job was begun instead of going on with it.", proof: null, cancellation);
            return jobId;
        },
        cancellation);

    /// <summary>Goes on with a job that was cancelled or failed; false when one runs already.</summary>
    public async Task<bool> ResumeAsync(RebuildJob job, CancellationToken cancellation) =>
        await HeldAsync(async runner => await jobs.ReviveAsync(job, runner, cancellation) ? job.JobId : null, cancellation) is not null;

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

    /// <summary>Under the lock, lets a new runner enter the list with the job it is to run, and runs it; the lock is the job's from then on.</summary>
    private async Task<Guid?> HeldAsync(Func<Guid, Task<Guid?>> enter, CancellationToken cancellation)
    {
        if (await rebuilds.HoldAsync(cancellation) is not { } holder) return null;
        var isRunning = false;
        try
        {
            var runner = Guid.CreateVersion7();
            if (await enter(runner) is not { } jobId) return null;
            await RunOrFailAsync(holder, jobId, runner);
            isRunning = true;
            return jobId;
        }
        finally
        {
            if (!isRunning) await holder.DisposeAsync();
        }
    }

    /// <summary>A job that is in the list and does not run after all must not look as if it did, whoever waited for it or not.</summary>
    private async Task RunOrFailAsync(NpgsqlConnection holder, Guid jobId, Guid runner)
    {
        try
        {
            var job = (await jobs.FindAsync(jobId, CancellationToken.None))!;
            await notes.BeganAsync(job, CancellationToken.None);
            var run = new RebuildRun(holder, job, work, notes, log);
            Progress = run.Progress;
            _running = Task.Run(() => RunAsync(run), CancellationToken.None);
        }
        catch (Exception e)
        {
            await jobs.EndAsync(jobId, runner, "failed", new(), $"It could not be begun: {e.Message}", proof: null, CancellationToken.None);
            throw;
        }
    }

    private async Task RunAsync(RebuildRun run)
    {
        try
        {
            await run.RunAsync(_stopping.Token);
        }
        finally
        {
            Progress = null;
        }
    }
}
