using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.ReadModels;

namespace ProcessDeployment.Engine.Tests.Rebuild;

/// <summary>An engine with a database of its own, whose tables may be exchanged under it.</summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OwnEngine(WebApplication app) => (_app, Http) = (app, new() { BaseAddress = new(app.Urls.First()), Timeout = Eventually.Patience });

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Databases Databases => Services.GetRequiredService<Databases>();

    /// <summary>With the rights an engine should have, and no more.</summary>
    public static async Task<OwnEngine> StartAsync(EngineFixture engine, Action<WebApplicationBuilder>? customise = null)
    {
        var (owner, login) = (await engine.NewDatabaseAsync(), $"app_{Guid.NewGuid():n}");
        await using (var command = engine.Owner.CreateCommand($"create role {login} login password 'of-a-test' in role process_deployment_app")) await command.ExecuteNonQueryAsync();
        var postgres = new NpgsqlConnectionStringBuilder(owner) { Username = login, Password = "of-a-test" }.ConnectionString;
        var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = postgres, PostgresOwner = owner, PostgresSealer = owner, LedgerFolder = engine.LedgerFolderOf(owner), Accounts = ["acme"] }, customise);
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Sends a history at random to an account and waits until the read models show it.</summary>
    public async Task LiveAsync(string accountId, int seed, int length)
    {
        var position = 0L;
        foreach (var command in RandomHistory.CommandsOf(seed, length)) position = (await SendAsync(accountId, command)).Position;
        await Eventually.BecomesAsync(() => Services.GetRequiredService<ReadPosition>().CurrentAsync(accountId), seen => seen >= position);
    }

    public Task<Outcome> SendAsync(string accountId, Command command)
    {
        var written = CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", command with { AccountId = accountId, Actor = "kim@example.com" }, time: null);
        return Services.GetRequiredService<ICommandPipeline>().SubmitAsync(new(CommandParser.Parse(written, CommandDefaults.None).Envelope!, Channels.Http), TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> BeginAsync(object asked)
    {
        var (status, body) = await PostAsync("/api/v1/rebuilds", JsonSerializer.Serialize(asked));
        status.ShouldBe(HttpStatusCode.Accepted, body);
        return JsonElement.Parse(body);
    }

    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(path, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> CancelAsync(string jobId)
    {
        using var answer = await Http.DeleteAsync($"/api/v1/rebuilds/{jobId}");
        return answer.StatusCode;
    }

    /// <summary>Somebody who reads a table for long: until he ends, nobody can exchange it.</summary>
    public async Task<IAsyncDisposable> ReadingAsync(string table)
    {
        var connection = await Databases.Shared.OpenConnectionAsync();
        await using var look = new NpgsqlCommand($"begin; select count(*) from process_deployment.{table}", connection);
        await look.ExecuteScalarAsync();
        return connection;
    }

    public async Task<JsonElement> JobAsync(string jobId) => JsonElement.Parse(await Http.GetStringAsync($"/api/v1/rebuilds/{jobId}"));

    /// <summary>Begins a job and waits for its end.</summary>
    public async Task<JsonElement> RunAsync(object asked) => await EndOfAsync((await BeginAsync(asked)).GetProperty("jobId").GetString()!);

    public Task<JsonElement> EndOfAsync(string jobId) => Eventually.BecomesAsync(() => JobAsync(jobId), job => job.GetProperty("status").GetString() != "running");

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Databases.Shared.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>What takes more rights than the engine has.</summary>
    public async Task ForgeAsync(string sql)
    {
        await using var owner = Databases.OpenOwner();
        await using var command = owner.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Databases.Shared.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<string>> TextsAsync(string sql)
    {
        var texts = new List<string>();
        await using var command = Databases.Shared.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) texts.Add(rows.GetString(0));
        return texts;
    }

    /// <summary>Every row of every read model of an account as text, but for what the history says of rebuilds themselves.</summary>
    public async Task<string> DumpAsync(string accountId)
    {
        var rows = new List<string>();
        foreach (var table in ReadModelWriter.ReadModels.Where(model => model is not ReadPositions).SelectMany(model => model.Tables))
        {
            await using var command = Databases.Shared.CreateCommand($"select to_jsonb(t)::text from process_deployment.{table} t where account_id = $1 and to_jsonb(t) ->> 'stream' is distinct from 'operations' order by 1");
            command.Parameters.AddWithValue(accountId);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add($"{table} {reader.GetString(0)}");
        }

        return string.Join('\n', rows);
    }
}
