using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Wakes whoever waits for new events or outcomes, on any node. A NOTIFY inside each transaction would cost a third of the
/// rate, since it makes commits take turns; one beside them, at most every few milliseconds, costs nothing. When it gets lost the
/// listeners' own polling finds the rows.
/// </summary>
public sealed class AppendWaker : BackgroundService
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(5);

    private readonly Databases _databases;
    private readonly ILogger<AppendWaker> _log;
    private readonly SemaphoreSlim _signal = new(0, 1);
    private bool _appended;
    private bool _answered;

    public AppendWaker(Databases databases, PipelineSignals signals, ILogger<AppendWaker> log)
    {
        (_databases, _log) = (databases, log);
        signals.Appended += _ => Wake(ref _appended);
        signals.Answered += _ => Wake(ref _answered);
    }

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _signal.WaitAsync(stoppingToken);
            var channels = new List<string>();
            if (Interlocked.Exchange(ref _appended, value: false)) channels.Add("mt_events_appended");
            if (Interlocked.Exchange(ref _answered, value: false)) channels.Add("process_deployment_outcomes");
            await NotifyAsync(channels, stoppingToken);
            await Task.Delay(AtMostEvery, stoppingToken);
        }
    }

    private async Task NotifyAsync(List<string> channels, CancellationToken cancellation)
    {
        try
        {
            await using var command = _databases.Shared.CreateCommand("select pg_notify(channel, '') from unnest($1) as channel");
            command.Parameters.Add(Parameters.Array(channels.ToArray()));
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            _log.LogDebug(e, "Listeners could not be woken and will find their rows by polling");
        }
    }

    private void Wake(ref bool what)
    {
        Volatile.Write(ref what, value: true);
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already woken.
        }
    }
}
