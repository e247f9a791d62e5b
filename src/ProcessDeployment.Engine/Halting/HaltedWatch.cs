using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Halting;

/// <summary>Tries halted accounts again when something happened in them or an operator did something about it, and now and then; names them in the log when the engine starts.</summary>
internal sealed class HaltedWatch(Databases databases, HaltedAccounts halted, Resumption resumption, ILogger<HaltedWatch> log) : BackgroundService
{
    /// <summary>Nobody tells when an event was mended by hand, or when the store answers again after an error.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>A busy account that is halted has many pages a second.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(200);

    private bool _named;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Halted accounts could not be looked at; it is tried again");
                await Task.Delay(Every, stoppingToken);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using (var listen = new NpgsqlCommand($"listen {HaltedAccounts.Channel}", connection)) await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            await LookAsync(cancellation);
            await Task.Delay(AtMostEvery, cancellation);
            await connection.WaitAsync(Every, cancellation);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var account in await halted.AllAsync(cancellation))
        {
            if (!_named && account.Problem is not null) HaltedLog.Alarm(log, account);
            try
            {
                await resumption.ResumeAsync(account.AccountId, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning(e, "The read models of account {AccountId} could not be caught up; it is tried again", account.AccountId);
            }
        }

        _named = true;
    }
}
