using System.Diagnostics;
using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P5: somebody leaves a transaction open, and somebody locks the table of all events.</summary>
public sealed class Blocking_the_events(Rig rig) : Under_faults(rig)
{
    [Fact]
    public Task by_a_long_transaction_or_a_lock_skips_nothing() => RoundsAsync(
        "P5", "a long transaction, and LOCK TABLE mt_events",
        async (random, report) =>
        {
            await using var leftOpen = new NpgsqlConnection(Database.ConnectionString);
            await using var locking = new NpgsqlConnection(Database.ConnectionString);
            await SurvivesAsync(
                random, report,
                async load =>
                {
                    var before = await RateAsync(load);
                    await BeginAsync(leftOpen, "begin isolation level repeatable read; select pg_current_xact_id(), count(*) from process_deployment.account");
                    var during = await RateAsync(load);
                    TestContext.Current.TestOutputHelper?.WriteLine($"{before:0} commands a second before, {during:0} beside a long transaction.");
                    if (Rounds.AreLong) during.ShouldBeGreaterThan(before / 2);
                    await BeginAsync(locking, "begin; lock table events.mt_events in access exclusive mode");
                    await Until.TrueAsync(() => WaitForItAsync(locking), () => "Nobody waits for the table of events.");
                },
                async () =>
                {
                    await locking.DisposeAsync();
                    await leftOpen.DisposeAsync();
                });
        },
        Rounds.AreLong ? 2 : null);

    /// <summary>Commands a second: some hundreds of them, or those of ten minutes.</summary>
    private async Task<double> RateAsync(Load load)
    {
        var (answered, since) = (Ledger.Answered, Stopwatch.GetTimestamp());
        do await load.AnsweredAsync(300, onEachChannel: 1);
        while (Rounds.AreLong && Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(10));
        return (Ledger.Answered - answered) / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static async Task BeginAsync(NpgsqlConnection connection, string sql)
    {
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> WaitForItAsync(NpgsqlConnection locking)
    {
        await using var ask = new NpgsqlCommand("select count(*) from pg_locks where relation = 'events.mt_events'::regclass and not granted", locking);
        return (long)(await ask.ExecuteScalarAsync())! >= 2;
    }
}
