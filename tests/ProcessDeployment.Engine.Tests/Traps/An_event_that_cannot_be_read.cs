using System.Net;
using System.Text.Json;
using Marten;
using Marten.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Operations;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Traps;

/// <summary>Traps 3 and 5: by default a poison event is skipped, and a missing member of an old event is read as null.</summary>
public sealed class An_event_that_cannot_be_read(EngineFixture engine) : IAsyncLifetime
{
    private string _database = "";
    private WebApplication? _app;
    private HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        _database = await engine.NewDatabaseAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task halts_its_account_loudly_and_still_does_after_a_restart()
    {
        var atom = Guid.CreateVersion7();
        var (status, body) = await _http!.PostTextAsync(Texts.RegisterAtom(atom), "application/json");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(_http!), answer => answer.Status == HttpStatusCode.OK);

        // Nothing of ours writes such an event; a restored backup or a hand in the database might.
        await ExecuteAsync("update process_deployment.account set position = 2 where account_id = 'local'");
        await ExecuteAsync(
            """
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, user_name, is_archived)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), stream_id, 2, '{}', type, clock_timestamp(), tenant_id, mt_dotnet_type, headers || '{"position": 2}', user_name, false
            from events.mt_events
            """);
        await ExecuteAsync("notify mt_events_appended");

        await ShouldBeHaltedAsync(atom);
        await using (var session = _app!.Services.GetRequiredService<IDocumentStore>().QuerySession("local"))
            await Should.ThrowAsync<EventDeserializationFailureException>(() => session.Events.FetchStreamAsync($"atom/{atom}"));

        await DisposeAsync();
        await StartAsync();

        await ShouldBeHaltedAsync(atom);
    }

    /// <summary>The engine is ready and says what is wrong; what happened before is answered, what comes after is refused at once.</summary>
    private async Task ShouldBeHaltedAsync(Guid atom)
    {
        var (status, health) = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(_http!), answer => Part(answer.Body).TryGetProperty("degraded", out _));
        status.ShouldBe(HttpStatusCode.OK);
        Part(health).Text("detail")!.ShouldContain($"account local is halted at position 2, processdeployment.atom-registered.v1 in stream atom/{atom}");
        // Engines that other tests run in this process are read by the same meters.
        (await _http!.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("process_deployment_projection_halted_accounts{", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).ShouldContain("1");

        JsonElement.Parse(await _http.GetStringAsync("/api/v1/atoms")).GetProperty("position").GetInt64().ShouldBe(1);
        using var answer = await _http.GetAsync("/api/v1/atoms?atLeast=2");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        problem.Text("code").ShouldBe("account-halted");
        problem.Text("detail")!.ShouldContain("halted at position 2");
    }

    private static JsonElement Part(JsonElement health) => health.Items("parts").Single(part => part.Text("name") == "read-models");

    private async Task StartAsync()
    {
        _app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = _database, LedgerFolder = engine.LedgerFolderOf(_database) });
        await _app.StartAsync();
        _http = new() { BaseAddress = new(_app.Urls.First()) };
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _app!.Services.GetRequiredService<Databases>().Shared.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
