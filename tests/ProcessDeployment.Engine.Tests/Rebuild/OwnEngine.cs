using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Accounts;
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

    public static async Task<OwnEngine> StartAsync(EngineFixture engine) => await StartAsync(await engine.NewDatabaseAsync());

    public static async Task<OwnEngine> StartAsync(string postgres)
    {
        var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = postgres, Accounts = ["acme"] });
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
        using var answer = await Http.PostAsJsonAsync("/api/v1/rebuilds", asked);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonElement.Parse(body);
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

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Databases.Shared.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every row of every read model of an account as text.</summary>
    public async Task<string> DumpAsync(string accountId)
    {
        var rows = new List<string>();
        foreach (var table in ReadModelWriter.ReadModels.SelectMany(model => model.Tables))
        {
            await using var command = Databases.Shared.CreateCommand($"select to_jsonb(t)::text from process_deployment.{table} t where account_id = $1 order by 1");
            command.Parameters.AddWithValue(accountId);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add($"{table} {reader.GetString(0)}");
        }

        return string.Join('\n', rows);
    }
}
