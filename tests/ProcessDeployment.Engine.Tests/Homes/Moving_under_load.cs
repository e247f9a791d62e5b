using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Identity.Keys;

namespace ProcessDeployment.Engine.Tests.Homes;

[Collection<Broker>]
public sealed class Moving_under_load(EngineFixture engine, BrokerFixture broker) : IAsyncLifetime
{
    private const string Account = "roaming";
    private const int Enough = 15;

    private readonly ConcurrentDictionary<Guid, long> _accepted = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private HomesOnOneBroker _one = null!;

    private NeighbouringHomes Homes => _one.Homes;

    public async ValueTask InitializeAsync()
    {
        _one = await HomesOnOneBroker.StartAsync(engine, broker);
        await Homes.ServicesOf("main").GetRequiredService<AccountList>().AddAsync(Account, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        if (_one is not null) await _one.DisposeAsync();
    }

    [Fact]
    public async Task loses_nothing_and_doubles_nothing_of_what_is_sent_meanwhile_to_the_home_it_leaves()
    {
        var key = await Homes.IssueAsync("main", Account);
        Task[] senders = [.. Enumerable.Range(0, 3).Select(_ => SendByHttpAsync(key)), SendByAmqpAsync(), SendByAmqpAsync()];
        await MoreAsync();

        await MoveAsync();
        await MoreAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(senders);

        var (there, left) = (await EventsAsync("eu"), await EventsAsync("main"));
        there.Select(e => e.Position).ShouldBe(Enumerable.Range(1, there.Count).Select(position => (long)position));
        left.ShouldBe(there.Take(left.Count));
        there.Select(e => e.CommandId).Distinct().Count().ShouldBe(there.Count);
        foreach (var (id, position) in _accepted) there.ShouldContain(new Happened(position, id));
        there.Count(e => e.Position > left.Count).ShouldBeGreaterThan(Enough);
    }

    /// <summary>Several more take effect.</summary>
    private async Task MoreAsync()
    {
        var enough = _accepted.Count + Enough;
        await Eventually.BecomesAsync(() => Task.FromResult(_accepted.Count), count => count >= enough);
    }

    /// <summary>As a client does that knows one address only: what is not answered is sent again, with the same id.</summary>
    private async Task SendByHttpAsync(ApiKeyText key)
    {
        using var http = Homes.Come("main", $"Bearer {key.Text}");
        while (!_stop.IsCancellationRequested)
        {
            var (id, text) = Command(actor: null);
            for (var isDone = false; !isDone;)
            {
                var (status, body) = await http.TellAsync(new StringContent(text, Encoding.UTF8, "application/json"));
                status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
                isDone = status == HttpStatusCode.OK;
                if (isDone) _accepted[id] = JsonElement.Parse(body).GetProperty("position").GetInt64();
            }
        }
    }

    private async Task SendByAmqpAsync()
    {
        await using var amqp = await PlainAmqp.OpenAsync(_one.Address);
        while (!_stop.IsCancellationRequested)
        {
            var (id, text) = Command(actor: "ci@example.com");
            await amqp.SendAsync(Account, text);
            var outcome = await amqp.OutcomeAsync(id);
            outcome.GetProperty("status").GetString().ShouldBe("accepted");
            _accepted[id] = outcome.GetProperty("position").GetInt64();
        }
    }

    private async Task MoveAsync()
    {
        using HttpClient main = Come("main"), eu = Come("eu");
        await StepAsync(main, "leave", """{"to":"eu"}""");
        byte[] file = [];
        await Eventually.BecomesAsync(
            async () =>
            {
                using var answer = await main.GetAsync(new Uri($"/api/v1/accounts/{Account}/history", UriKind.Relative), TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK) file = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                return answer.StatusCode;
            },
            status => status == HttpStatusCode.OK);
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new("application/zip") } };
        using var arrived = await eu.PutAsync(new Uri($"/api/v1/accounts/{Account}/history", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var body = await arrived.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        arrived.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        await StepAsync(eu, "open", await StepAsync(main, "left", body));
    }

    private static async Task<string> StepAsync(HttpClient home, string step, string asked)
    {
        var (status, body) = await home.TellAsync(new StringContent(asked, Encoding.UTF8, "application/json"), $"/api/v1/accounts/{Account}/{step}");
        status.ShouldBe(HttpStatusCode.OK, body);
        return body;
    }

    private HttpClient Come(string home) => Homes.Come(home, $"Bearer {Homes.Issuer.Token(home == "main" ? "local" : "local-eu", claims: ("roles", "engine-operator"))}");

    /// <summary>Over HTTP the actor is known from the credentials.</summary>
    private static (Guid Id, string Text) Command(string? actor)
    {
        var id = Guid.CreateVersion7();
        var data = new Dictionary<string, object> { ["accountId"] = Account, ["atomId"] = Guid.CreateVersion7(), ["name"] = $"Atom {id}" };
        if (actor is not null) data["actor"] = actor;
        return (id, JsonSerializer.Serialize(new { specversion = "1.0", id, source = "//tests", type = "processdeployment.register-atom.v1", data }));
    }

    private async Task<List<Happened>> EventsAsync(string home)
    {
        await using var database = NpgsqlDataSource.Create(Homes.DatabaseOf(home));
        await using var command = database.CreateCommand("select (headers ->> 'position')::bigint, causation_id from events.mt_events where tenant_id = $1 order by 1");
        command.Parameters.AddWithValue(Account);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var events = new List<Happened>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) events.Add(new(rows.GetInt64(0), Guid.Parse(rows.GetString(1))));
        return events;
    }

    private sealed record Happened(long Position, Guid CommandId);
}
