using Npgsql;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row P2: every session is ended at once, also those that hold locks for who reads the intake, seals and projects.</summary>
public sealed class Ending_all_sessions_of_the_database(Rig rig) : Under_faults(rig)
{
    [Fact]
    public Task loses_nothing_and_leaves_one_of_each_at_work() => RoundsAsync(
        "P2", "pg_terminate_backend of all sessions",
        (random, report) => SurvivesAsync(random, report, async load =>
        {
            await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
            for (var time = random.Next(1, 4); time > 0; time--)
            {
                await load.AnsweredAsync(random.Next(1, 150), onEachChannel: 1);
                await using var end = database.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
                ((long)(await end.ExecuteScalarAsync())!).ShouldBeGreaterThan(10);
            }
        }));
}
