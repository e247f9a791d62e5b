using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class Publishing_events(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private string _account = "";
    private PlainAmqp _amqp = null!;

    public async ValueTask InitializeAsync() =>
        (_account, _amqp) = (await broker.NewAccountAsync(), await PlainAmqp.OpenAsync(broker, "process-deployment.events", "processdeployment.#"));

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        await _sql.DisposeAsync();
    }

    [Fact]
    public async Task tells_each_event_in_the_order_of_its_account()
    {
        await SaveAsync(300);

        await HeardAsync(300);

        Positions().ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));
        Heard()[0].Key.ShouldBe("processdeployment.revision-made.v1");
    }

    [Fact]
    public async Task tells_them_again_rather_than_never_when_the_broker_was_away()
    {
        await SaveAsync(200);
        await broker.Server.KillAsync();
        await SaveAsync(200);
        await broker.Server.StartAsync();
        // Any sending makes this client connect again.
        await _amqp.SendAsync(_account, PlainSql.Text(_account, Command(), Guid.CreateVersion7()));

        await HeardAsync(401);

        Positions().Distinct().ShouldBe(Enumerable.Range(1, 401).Select(i => (long)i));
    }

    [Fact]
    public async Task shows_the_same_in_the_database()
    {
        var text = PlainSql.Text(_account, Command(), Guid.CreateVersion7()).Replace("\"data\":", "\"correlationid\":\"flow-7\",\"subject\":\"order 7\",\"data\":", StringComparison.Ordinal);
        await _sql.SendAllAsync([text]);
        await HeardAsync(1);

        Heard()[0].Body.GetProperty("data").GetProperty("extensions").GetProperty("subject").GetString().ShouldBe("order 7");
        var shown = await _sql.OneAsync<string>("select event::text from process_deployment.event where account_id = $1 and position = 1", _account);

        var (told, view) = (Heard()[0].Body, System.Text.Json.Nodes.JsonNode.Parse(shown)!);
        System.Text.Json.Nodes.JsonNode.DeepEquals(view["data"], System.Text.Json.Nodes.JsonNode.Parse(told.GetProperty("data").GetRawText())).ShouldBeTrue($"{shown}\n{told}");
        DateTimeOffset.Parse(view["time"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(told.GetProperty("time").GetDateTimeOffset());
        foreach (var member in new[] { "specversion", "id", "source", "type", "subject", "datacontenttype" })
            view[member]!.GetValue<string>().ShouldBe(told.GetProperty(member).GetString());
    }

    private static SaveComponent Command() => new() { ComponentId = Guid.CreateVersion7(), ComponentType = ComponentTypes.Process, Name = "Orders", Reason = "go-live" };

    private Task SaveAsync(int count) =>
        _sql.SendAllAsync([.. Enumerable.Range(0, count).Select(_ => PlainSql.Text(_account, Command(), Guid.CreateVersion7()))]);

    private IReadOnlyList<(string Key, System.Text.Json.JsonElement Body)> Heard() =>
        [.. _amqp.Received.Where(message => message.Body.GetProperty("data").GetProperty("accountId").GetString() == _account)];

    private IEnumerable<long> Positions() => Heard().Select(message => message.Body.GetProperty("data").GetProperty("position").GetInt64());

    private Task HeardAsync(int count) => Eventually.TrueAsync(() => Task.FromResult(Positions().Distinct().Count() >= count), $"{count} events");
}
