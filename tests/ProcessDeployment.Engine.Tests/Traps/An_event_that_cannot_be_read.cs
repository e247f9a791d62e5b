using System.Net;
using Marten;
using Marten.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Operations;

namespace ProcessDeployment.Engine.Tests.Traps;

/// <summary>Traps 3 and 5: by default a poison event is skipped, and a missing member of an old event is read as null.</summary>
public sealed class An_event_that_cannot_be_read(EngineFixture engine) : IAsyncLifetime
{
    private WebApplication? _app;
    private HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        var database = await engine.NewDatabaseAsync();
        _app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], new() { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database) });
        await _app.StartAsync();
        _http = new() { BaseAddress = new(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task fails_loudly_and_stops_the_read_models_until_it_is_dealt_with()
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

        var (_, ill) = await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(_http!), answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        ill.GetProperty("parts").EnumerateArray().Single(part => !part.GetProperty("healthy").GetBoolean()).GetProperty("name").GetString().ShouldBe("read-models");
        await using var session = _app!.Services.GetRequiredService<IDocumentStore>().QuerySession("local");
        await Should.ThrowAsync<EventDeserializationFailureException>(() => session.Events.FetchStreamAsync($"atom/{atom}"));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _app!.Services.GetRequiredService<Databases>().Shared.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
