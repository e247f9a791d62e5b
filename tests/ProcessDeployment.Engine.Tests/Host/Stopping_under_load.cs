using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Npgsql;
using ProcessDeployment.Engine.Tests.Http;

namespace ProcessDeployment.Engine.Tests.Host;

public sealed class Stopping_under_load(EngineFixture engine)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task finishes_what_was_begun_and_ends_well(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        var database = await engine.NewDatabaseAsync();
        using var running = new EngineProcess(("ConnectionStrings__Postgres", database));
        using var http = await running.ServingAsync();
        var accepted = new ConcurrentBag<Guid>();
        var enough = new TaskCompletionSource();

        var senders = Enumerable.Range(0, 8).Select(_ => SendUntilItStopsAsync(http, accepted, enough)).ToList();
        await enough.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        running.Signal(signal);
        // A program that was started in the background by a shell may have been told to ignore Ctrl-C.
        await Task.WhenAll(senders).WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);

        (await running.ExitAsync()).ShouldBe(0, running.Said);
        running.Said.ShouldNotContain("Unhandled exception", customMessage: running.Said);
        (await StoredAsync(database)).ShouldBeSubsetOf(accepted, "an effect nobody was told of");
        accepted.ShouldBeSubsetOf(await StoredAsync(database), "an answer without effect");
    }

    private static async Task SendUntilItStopsAsync(HttpClient http, ConcurrentBag<Guid> accepted, TaskCompletionSource enough)
    {
        while (true)
        {
            var id = Guid.CreateVersion7();
            using var content = new StringContent(Texts.Command("register-atom", $$"""{"atomId":"{{Guid.CreateVersion7()}}","name":"A"}""", id), Encoding.UTF8, "application/json");
            try
            {
                using var answer = await http.PostAsync(new Uri("/api/v1/commands", UriKind.Relative), content);
                if (answer.StatusCode != HttpStatusCode.OK) return;
                accepted.Add(id);
                if (accepted.Count > 200) enough.TrySetResult();
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task<List<Guid>> StoredAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select command_id from process_deployment.command_outcome");
        await using var rows = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await rows.ReadAsync()) ids.Add(rows.GetGuid(0));
        return ids;
    }
}
