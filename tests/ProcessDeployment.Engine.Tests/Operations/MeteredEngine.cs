using System.Net;
using Npgsql;
using ProcessDeployment.Engine.Tests.Host;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Operations;

/// <summary>An engine that took one command, and its metrics.</summary>
internal sealed class MeteredEngine(string database, EngineProcess running, HttpClient http) : IAsyncDisposable
{
    /// <summary>Less than a collector waits by default, and more than the engine lets a database keep it.</summary>
    private static readonly TimeSpan ScrapePatience = TimeSpan.FromSeconds(10);

    public string Database => database;

    public static async Task<MeteredEngine> StartAsync(string database)
    {
        var running = new EngineProcess(("ConnectionStrings__Postgres", database));
        var http = await running.ServingAsync();
        http.Timeout = ScrapePatience;
        var (status, body) = await http.PostTextAsync(Texts.RegisterAtom(), "application/json");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var metered = new MeteredEngine(database, running, http);
        await Eventually.BecomesAsync(metered.ScrapeAsync, metrics => metrics.Contains("process_deployment_readings_available", StringComparison.Ordinal) && !LacksReadings(metrics));
        return metered;
    }

    public static bool LacksReadings(string metrics) => Value(metrics, "process_deployment_readings_available") == "0";

    public static string Value(string metrics, string name) =>
        metrics.Split('\n').Single(line => line.StartsWith($"{name}{{", StringComparison.Ordinal)).Split(' ')[1];

    public Task<string> ScrapeAsync() => http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nobody reads the table until this is disposed.</summary>
    public async Task<NpgsqlConnection> LockAsync(string table)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        running.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Shuts a database on the server of the tests.</summary>
internal static class ShutDatabases
{
    public static async Task AllowAsync(this EngineFixture engine, string database, bool allowed)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await using var command = engine.Owner.CreateCommand($"alter database {name} with allow_connections {allowed}");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (allowed) return;
        await using var drop = engine.Owner.CreateCommand($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
