using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// Row D1: an event has its number in the store and is not committed, while events with later numbers are. Whoever follows the
/// store must not pass it by.
/// </summary>
public sealed class Holding_an_insert_while_others_commit(Rig rig) : Under_faults(rig)
{
    private const int Lock = 4711;

    /// <summary>The recipe of marten#4964.</summary>
    private const string Trigger =
        $"""
        create or replace function public.held() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(4711); return null; end $$;
        create or replace trigger held after insert on events.mt_events for each row when (new.tenant_id = '{SqlAccount}') execute function public.held()
        """;

    [Fact]
    public Task skips_no_event() => RoundsAsync(
        "D1", "an insert held while later ones commit",
        async (random, report) =>
        {
            await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
            await ExecuteAsync(database, Trigger);
            await using var holding = await database.OpenConnectionAsync();
            await SurvivesAsync(
                random, report,
                async load =>
                {
                    await using (var hold = new NpgsqlCommand($"select pg_advisory_lock({Lock})", holding)) await hold.ExecuteNonQueryAsync();
                    await Until.TrueAsync(() => IsHeldAsync(database), () => "No insert is held.");
                    var others = Ledger.AnsweredOf(HttpAccount);
                    if (Rounds.AreLong) await TenMinutesAsync();
                    await Until.TrueAsync(() => Task.FromResult(Ledger.AnsweredOf(HttpAccount) > others + 300), () => "The others do not go on.");
                },
                async () =>
                {
                    await using var release = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", holding);
                    await release.ExecuteNonQueryAsync();
                });
            await ExecuteAsync(database, "drop trigger held on events.mt_events");
        },
        Rounds.AreLong ? 2 : 1);

    private static async Task TenMinutesAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10));
        await timer.WaitForNextTickAsync();
    }

    private static async Task<bool> IsHeldAsync(NpgsqlDataSource database)
    {
        await using var ask = database.CreateCommand("select exists (select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted)");
        return (bool)(await ask.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
