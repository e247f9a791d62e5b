using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests;

/// <summary>
/// The worst moment to lose a connection: the commit is done, and nobody says so. PostgreSQL is made to wait for a standby
/// that does not exist, after the commit and before the answer; there the connection is cut.
/// </summary>
public sealed class Losing_the_answer_of_a_commit : IAsyncLifetime
{
    private readonly OutsideLedger _ledger = new();
    private Server? _server;
    private EngineProcess? _engine;
    private HttpSender? _http;

    public async ValueTask InitializeAsync()
    {
        _server = await Server.StartAsync();
        _engine = await EngineProcess.StartAsync(_server.ConnectionString);
        _http = new(_engine.Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"What the engine said last:\n{_engine.LastWords}");
            await _engine.DisposeAsync();
        }

        if (_http is not null) await _http.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task of_a_page_of_read_models_goes_on_after_it()
    {
        await SaveAsync();
        await Verdict.OnAsync(_server!.ConnectionString, _ledger);

        await LoseAsync("read_position", async () =>
        {
            await SaveAsync();
            await SaveAsync();
        });

        await SaveAsync();
        await Verdict.OnAsync(_server.ConnectionString, _ledger);
    }

    [Fact]
    public async Task of_a_command_has_its_effect_once()
    {
        await SaveAsync();
        var saving = Task.CompletedTask;

        await LoseAsync("account", () =>
        {
            saving = SaveAsync();
            return Task.CompletedTask;
        });

        await saving;
        await Verdict.OnAsync(_server!.ConnectionString, _ledger);
    }

    /// <summary>Whoever writes to a table while <paramref name="work"/> is done loses its connection between its commit and the answer.</summary>
    private async Task LoseAsync(string table, Func<Task> work)
    {
        await using var database = NpgsqlDataSource.Create(_server!.ConnectionString);
        int writer;
        await using (var holding = await database.OpenConnectionAsync())
        await using (var hold = await holding.BeginTransactionAsync())
        {
            await using var rows = new NpgsqlCommand($"select from process_deployment.{table} for share", holding, hold);
            await rows.ExecuteNonQueryAsync();
            await work();
            writer = await BackendAsync(database, $"wait_event_type = 'Lock' and query like '%process_deployment.{table} %'");
            await WaitForStandbyAsync(database, "nobody");
        }

        await BackendAsync(database, $"wait_event = 'SyncRep' and pid = {writer}");
        await using var cut = database.CreateCommand($"select pg_terminate_backend({writer}, 5000)");
        ((bool)(await cut.ExecuteScalarAsync())!).ShouldBeTrue();
        await WaitForStandbyAsync(database, "");
    }

    private Task SaveAsync() => Load.DeliverAsync(
        _ledger, Under_faults.HttpAccount,
        [new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = ComponentTypes.Process, Name = "Orders", AccountId = Under_faults.HttpAccount, Actor = "faults@example.com" }],
        _http!);

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
