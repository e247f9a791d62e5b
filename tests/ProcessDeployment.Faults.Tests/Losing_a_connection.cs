using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Rows P2 and P3 once more, each at one certain moment: connections that are cut at the worst time of those who write.</summary>
public sealed class Losing_a_connection(Rig rig) : Under_faults(rig)
{
    [Fact]
    public async Task in_the_middle_of_a_page_of_read_models_ends_with_the_page_written_once()
    {
        await SaveAsync();
        await Verdict.OnAsync(Database.ConnectionString, Ledger);
        await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
        await using (var hold = await HoldAsync(database, "read_position"))
        {
            await SaveAsync();
            await CutAsync(database, await WriterAsync(database, "read_position"));
        }

        await SaveAsync();
        await Verdict.OnAsync(Database.ConnectionString, Ledger);
    }

    /// <summary>
    /// The commit is done, and nobody says so: PostgreSQL is made to wait for a standby that does not exist, after the commit
    /// and before the answer.
    /// </summary>
    [Fact]
    public async Task between_the_commit_of_a_command_and_its_answer_leaves_one_effect()
    {
        await SaveAsync();
        await using var database = NpgsqlDataSource.Create(Database.ConnectionString);
        Task saving;
        int writer;
        await using (var hold = await HoldAsync(database, "account"))
        {
            saving = SaveAsync();
            writer = await WriterAsync(database, "account");
            await WaitForStandbyAsync(database, "nobody");
        }

        await BackendAsync(database, $"wait_event = 'SyncRep' and pid = {writer}");
        await CutAsync(database, writer);
        await WaitForStandbyAsync(database, "");

        await saving;
        await Verdict.OnAsync(Database.ConnectionString, Ledger);
    }

    private async Task SaveAsync()
    {
        await using var http = new HttpSender(Engine.Url);
        var save = new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = ComponentTypes.Process, Name = "Orders" };
        await Load.DeliverAsync(Ledger.Intend(HttpAccount, save), http, TestContext.Current.CancellationToken);
    }

    /// <summary>Nobody changes a row of the table until this is disposed.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(NpgsqlDataSource database, string table)
    {
        var holding = await database.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand($"begin; select from process_deployment.{table} where account_id = '{HttpAccount}' for share", holding);
        await hold.ExecuteNonQueryAsync();
        return holding;
    }

    private static Task<int> WriterAsync(NpgsqlDataSource database, string table) =>
        BackendAsync(database, $"wait_event_type = 'Lock' and query like '%process_deployment.{table} %'");

    private static async Task CutAsync(NpgsqlDataSource database, int backend)
    {
        await using var cut = database.CreateCommand($"select pg_terminate_backend({backend}, 5000)");
        ((bool)(await cut.ExecuteScalarAsync())!).ShouldBeTrue();
    }

    private static async Task WaitForStandbyAsync(NpgsqlDataSource database, string name)
    {
        foreach (var sql in (string[])[$"alter system set synchronous_standby_names = '{name}'", "select pg_reload_conf()"])
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        await Until.TrueAsync(
            async () =>
            {
                await using var show = database.CreateCommand("show synchronous_standby_names");
                return (string?)await show.ExecuteScalarAsync() == name;
            },
            () => "The server does not read its settings again.");
    }

    private static async Task<int> BackendAsync(NpgsqlDataSource database, string where)
    {
        var found = 0;
        await Until.TrueAsync(
            async () =>
            {
                await using var ask = database.CreateCommand($"select pid from pg_stat_activity where pid <> pg_backend_pid() and ({where}) limit 1");
                return (found = (int?)await ask.ExecuteScalarAsync() ?? 0) > 0;
            },
            () => $"No connection has {where}.");
        return found;
    }
}
