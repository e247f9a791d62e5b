using System.Collections.Concurrent;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Runs jobs, each in a place where it is alone over all nodes. A job whose node died or lost the lock, and one that waited until
/// a place was free, is gone on with by whichever node sees that first.
/// </summary>
internal sealed class RebuildRunner(RebuildPlaces places, RebuildLock rebuilds, RebuildJobs jobs, RebuildWork work, RebuildNotes notes, Databases databases, ILogger<RebuildRunner> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _ended = new(0);
    private readonly ConcurrentDictionary<Guid, (RebuildProgress Progress, Task Work)> _running = new();
    private RebuildGauges? _gauges;

    /// <summary>Starts a job, or has it wait for a place; null when one of the same accounts runs already, here or on another node.</summary>
    public async Task<Guid?> BeginAsync(RebuildRequest asked, CancellationToken cancellation)
    {
        if (asked.AccountId is not { } accountId) return await BeginAsync(RebuildPlaces.OfAll, (jobId, runner) => jobs.AddAsync(jobId, asked, runner, cancellation), cancellation);
        var running = await jobs.RunningAsync(cancellation);
        if (running.Exists(job => job.AccountId == accountId)) return null;
        foreach (var place in await FreeAsync(accountId, running, cancellation))
        {
            if (await BeginAsync(place, (jobId, runner) => jobs.AddAsync(jobId, asked, runner, cancellation, place), cancellation, attempts: 1) is { } begun) return begun;
        }

        var waiting = Guid.CreateVersion7();
        await jobs.AddAsync(waiting, asked, Guid.CreateVersion7(), cancellation, place: null);
        return waiting;
    }

    /// <summary>Starts a job that <paramref name="add"/> puts in the list, in one transaction with what makes it necessary. While that changes events nobody is at work who may have read them; null where somebody is.</summary>
    public async Task<Guid?> BeginWithAsync(Func<Guid, Guid, Task> add, CancellationToken cancellation)
    {
        var held = new List<NpgsqlConnection>();
        try
        {
            foreach (var place in RebuildPlaces.OfOne)
            {
                if (await rebuilds.HoldAsync(place, RebuildLock.Attempts, cancellation) is not { } holder) return null;
                held.Add(holder);
                await EndLeftAsync(place, cancellation);
                // What a job left there that was cancelled may hold what is to go.
                await NextTables.DropAsync(holder, RebuildPlaces.SchemaOf(place), cancellation);
            }

            return await BeginAsync(RebuildPlaces.OfAll, add, cancellation);
        }
        finally
        {
            foreach (var holder in held) await holder.DisposeAsync();
        }
    }

    /// <summary>Goes on with a job that was cancelled or failed; false when one runs already.</summary>
    public Task<bool> ResumeAsync(RebuildJob job, CancellationToken cancellation) => ResumeAsync(job, job.Place, RebuildLock.Attempts, cancellation);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_running.Values.Select(run => run.Work)), Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        _ended.Dispose();
        _gauges?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _gauges = new(() => [.. _running.Values.Select(run => run.Progress)]);
        while (!_stopping.IsCancellationRequested)
        {
            await GoOnAsync(stoppingToken);
            await _ended.WaitAsync(LookEvery, stoppingToken);
        }
    }

    /// <summary>The places in which a job of an account may be and none is.</summary>
    private async Task<IEnumerable<int>> FreeAsync(string accountId, List<RebuildJob> running, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        var events = (await AccountGroups.ReadAsync(connection, accountId, cancellation)).Sum(account => account.Events);
        return places.For(accountId, events).Where(place => !running.Exists(job => job.Place == place && !job.IsWaiting));
    }

    private Task<Guid?> BeginAsync(int place, Func<Guid, Guid, Task> add, CancellationToken cancellation, int attempts = RebuildLock.Attempts) => HeldAsync(
        place,
        async runner =>
        {
            var jobId = Guid.CreateVersion7();
            var left = await LeftAsync(place, cancellation);
            await add(jobId, runner);
            // Not earlier: where the new one is refused, the old one is gone on with.
            foreach (var job in left) await EndAsync(job, cancellation);
            return jobId;
        },
        attempts,
        cancellation);

    private async Task EndLeftAsync(int place, CancellationToken cancellation)
    {
        foreach (var job in await LeftAsync(place, cancellation)) await EndAsync(job, cancellation);
    }

    /// <summary>Whoever ran one before and did not end it holds the lock of the place no more.</summary>
    private async Task<IEnumerable<RebuildJob>> LeftAsync(int place, CancellationToken cancellation) =>
        (await jobs.RunningAsync(cancellation)).Where(job => job.Place == place && !job.IsWaiting);

    private Task<bool> EndAsync(RebuildJob left, CancellationToken cancellation) =>
        jobs.EndAsync(left.JobId, left.Runner, "failed", new() { Phase = left.Phase }, "The engine that ran it ended, and another job was begun instead of going on with it.", proof: null, cancellation);

    private async Task<bool> ResumeAsync(RebuildJob job, int place, int attempts, CancellationToken cancellation) =>
        await HeldAsync(place, async runner => await jobs.ReviveAsync(job, runner, place, cancellation) ? job.JobId : null, attempts, cancellation) is not null;

    /// <summary>Goes on with what runs according to the list and to nobody's lock: those of few events first.</summary>
    private async Task GoOnAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var job in (await jobs.RunningAsync(stoppingToken)).Where(job => !_running.ContainsKey(job.JobId)))
            {
                var free = job is { IsWaiting: true, AccountId: { } accountId } ? await FreeAsync(accountId, await jobs.RunningAsync(stoppingToken), stoppingToken) : [job.Place];
                foreach (var place in free)
                {
                    if (!await ResumeAsync(job, place, attempts: 1, stoppingToken)) continue;
                    log.LogInformation("Going on with the rebuild of {Models} that {What}", string.Join(", ", job.Models), job.IsWaiting ? "waited for a place" : "ended with the engine that ran it");
                    break;
                }
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning(e, "Whether a rebuild was left by an engine that ended could not be seen");
        }
    }

    /// <summary>Under the lock of a place, lets a new runner enter the list with the job it is to run, and runs it; the lock is the job's from then on.</summary>
    private async Task<Guid?> HeldAsync(int place, Func<Guid, Task<Guid?>> enter, int attempts, CancellationToken cancellation)
    {
        if (await rebuilds.HoldAsync(place, attempts, cancellation) is not { } holder) return null;
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
            // In the list before it can be taken out of it.
            var begins = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _running[jobId] = (run.Progress, Task.Run(() => RunAsync(jobId, run, begins.Task), CancellationToken.None));
            begins.SetResult();
        }
        catch (Exception e)
        {
            await jobs.EndAsync(jobId, runner, "failed", new(), $"It could not be begun: {e.Message}", proof: null, CancellationToken.None);
            throw;
        }
    }

    private async Task RunAsync(Guid jobId, RebuildRun run, Task begins)
    {
        await begins;
        try
        {
            await run.RunAsync(_stopping.Token);
        }
        finally
        {
            _running.TryRemove(jobId, out _);
            if (!_stopping.IsCancellationRequested) _ended.Release();
        }
    }
}
