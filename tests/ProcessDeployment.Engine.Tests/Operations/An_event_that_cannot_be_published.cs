using System.Net;
using System.Text.Json;
using Npgsql;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Tests.Http;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Operations;

public sealed class An_event_that_cannot_be_published(EngineFixture engine)
{
    /// <summary>No broker listens there: events only wait for one.</summary>
    private const string Broker = "amqp://guest:guest@127.0.0.1:1/";

    [Fact]
    public async Task stops_publishing_and_is_told_by_readiness()
    {
        var database = await engine.NewDatabaseAsync();
        await RunAsync(new() { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database) }, async http =>
        {
            var (status, body) = await http.PostTextAsync(Texts.RegisterAtom(), "application/json");
            status.ShouldBe(HttpStatusCode.OK, body.ToString());
            await Eventually.BecomesAsync(() => Asking_how_the_engine_is.ReadyAsync(http), answer => answer.Status == HttpStatusCode.OK);
        });

        // Nothing of ours writes such an event; the read models do without the command id.
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var command = source.CreateCommand("update events.mt_events set headers = headers - 'commandId'"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await RunAsync(new() { Postgres = database, LedgerFolder = engine.LedgerFolderOf(database), RabbitMq = Broker }, async http =>
        {
            var part = await Eventually.BecomesAsync(() => PartAsync(http, "published-events"), part => !part.Flag("healthy"));

            part.Text("detail").ShouldBe("published-events is paused; the log says why.");
            (await PartAsync(http, "read-models")).Flag("healthy").ShouldBeTrue();
        });
    }

    private static async Task<JsonElement> PartAsync(HttpClient http, string name) =>
        (await Asking_how_the_engine_is.ReadyAsync(http)).Body.Items("parts").Single(part => part.Text("name") == name);

    private static async Task RunAsync(EngineOptions options, Func<HttpClient, Task> during)
    {
        await using var app = await EngineHost.BuildAsync(["--urls", "http://127.0.0.1:0"], options);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        await during(http);
        await app.StopAsync();
    }
}
