using Npgsql;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Scheduling;

/// <summary>
/// Sleeps until something comes due. It looks again when something was appended here, since that may have been a schedule:
/// at most once a second. What other nodes set they fire; should they die, it is found at the next look.
/// </summary>
internal sealed class Scheduler : BackgroundService
{
    public const string Actor = "scheduler";

    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ScheduleRound _round;
    private readonly DueRuns _due;
    private readonly TimeProvider _time;
    private readonly ILogger<Scheduler> _log;
    private readonly SemaphoreSlim _woken = new(0, 1);

    public Scheduler(ScheduleRound round, DueRuns due, PipelineSignals signals, TimeProvider time, ILogger<Scheduler> log)
    {
        (_round, _due, _time, _log) = (round, due, time, log);
        signals.Appended += Wake;
    }

    public override void Dispose()
    {
        _woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                // What came due since the last round began is the next: asked from any later moment it would be passed over.
                DateTimeOffset began;
                do
                {
                    began = _time.GetUtcNow();
                }
                while (await _round.RunAsync(began, stoppingToken) == ScheduleRound.Most);
                if (await _due.NextAsync(began, stoppingToken) is { } next && next - _time.GetUtcNow() is var left && left < sleep) sleep = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
            catch (NpgsqlException e)
            {
                _log.LogWarning(e, "What is due could not be looked at, and is looked at again");
                sleep = Pause;
            }

            await SleepAsync(sleep, stoppingToken);
        }
    }

    private async Task SleepAsync(TimeSpan sleep, CancellationToken cancellation)
    {
        if (sleep <= Pause) await Task.Delay(sleep, _time, cancellation);
        else
        {
            await Task.Delay(Pause, _time, cancellation);
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var woken = _woken.WaitAsync(timer.Token);
            await Task.WhenAny(woken, Task.Delay(sleep - Pause, _time, timer.Token));
            await timer.CancelAsync();
        }
    }

    private void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Woken already, or nobody is there any more.
        }
    }
}
