using System.Text.Json;
using Npgsql;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Tests;

namespace ProcessDeployment.ChannelTests;

/// <summary>What any SQL client can do, with nothing of the engine's.</summary>
internal sealed class PlainSql(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(connectionString);

    public static PlainSql To(EngineFixture engine) => new(engine.Databases.Logins.Owner);

    /// <summary>A command as a CloudEvent.</summary>
    public static string Text(string account, Command command, Guid id) => System.Text.Encoding.UTF8.GetString(
        CommandWriter.ToCloudEvent(id, "//tests/sql", command with { AccountId = account, Actor = "kim@example.com" }));

    public async Task<Guid?> SendAsync(string text) => await ScalarAsync("select process_deployment.send_command($1)", text) as Guid?;

    /// <summary>Sends many in one statement; they are one transaction.</summary>
    public Task SendAllAsync(string[] texts) =>
        ScalarAsync("select count(process_deployment.send_command(text)) from unnest($1) with ordinality as t(text, place)", (object)texts);

    /// <summary>The answer, or null when there is none within ten seconds.</summary>
    public async Task<JsonElement?> OutcomeAsync(string account, Guid id) =>
        await ScalarAsync("select process_deployment.await_outcome($1, $2)", account, id) is string text ? JsonSerializer.Deserialize<JsonElement>(text) : null;

    public async Task<T> OneAsync<T>(string sql, params object[] parameters) => (T)(await ScalarAsync(sql, parameters))!;

    public async Task<object?> ScalarAsync(string sql, params object[] parameters)
    {
        await using var command = _database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Nothing takes effect in an account until what is given here is disposed of: commands are taken, and wait.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string account)
    {
        var connection = await _database.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select 1 from process_deployment.account where account_id = $1 for update", connection, transaction);
        command.Parameters.AddWithValue(account);
        await command.ExecuteScalarAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
