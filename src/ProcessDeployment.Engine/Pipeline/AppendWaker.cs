using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Wakes whoever waits for new events or outcomes, on any node. A NOTIFY inside each transaction would cost a third of the
/// rate, since it makes commits take turns; one beside them, now and then, costs nothing. When it gets lost the
/// listeners' own polling finds the rows.
/// </summary>
public sealed class AppendWaker : BackgroundService
{
    private readonly Databases _databases;
    private readonly ILogger<AppendWaker> _log;

    /// <summary>
    /// The first event after a pause is told at once. While more come, the read models take them in pages: one costs several
    /// milliseconds of processor, however little is on it, and as many pages as fit would take the machine from the commands.
    /// </summary>
    private readonly Wake _appended = new("mt_events_appended", TimeSpan.FromMilliseconds(40));

    /// <summary>Senders wait for their outcomes, so they are left alone only as long as it takes to gather a few.</summary>
    private readonly Wake _answered = new("process_deployment_outcomes", TimeSpan.FromMilliseconds(5));

    public AppendWaker(Databases databases, PipelineSignals signals, ILogger<AppendWaker> log)
    {
        (_databases, _log) = (databases, log);
        signals.Appended += _appended.Ask;
        signals.Answered += _answered.Ask;
    }

    public override void Dispose()
    {
        _appended.Dispose();
        _answered.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_appended.RunAsync(NotifyAsync, stoppingToken), _answered.RunAsync(NotifyAsync, stoppingToken));

    private async Task NotifyAsync(string channel, CancellationToken cancellation)
    {
        try
        {
            await using var command = _databases.Shared.CreateCommand("select pg_notify($1, '')");
            command.Parameters.Add(Parameters.Value(channel));
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            _log.LogDebug(e, "Listeners could not be woken and will find their rows by polling");
        }
    }

    /// <summary>One channel, and how long it is left alone after each time.</summary>
    private sealed class Wake(string channel, TimeSpan pause) : IDisposable
    {
        private readonly SemaphoreSlim _asked = new(0, 1);

        public void Ask()
        {
            try
            {
                _asked.Release();
            }
            catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
            {
                // Asked already, or nobody is there any more to wake others.
            }
        }

        public async Task RunAsync(Func<string, CancellationToken, Task> notify, CancellationToken cancellation)
        {
            while (!cancellation.IsCancellationRequested)
            {
                await _asked.WaitAsync(cancellation);
                await notify(channel, cancellation);
                await Task.Delay(pause, cancellation);
            }
        }

        public void Dispose() => _asked.Dispose();
    }
}
