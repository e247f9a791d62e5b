using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class Sending_by_AMQP(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private string _account = "";
    private PlainAmqp _amqp = null!;

    private static SaveComponent AProcess(Guid id) => new() { ComponentId = id, ComponentType = ComponentTypes.Process, Name = "Orders" };

    public async ValueTask InitializeAsync() => (_account, _amqp) = (await broker.NewAccountAsync(), await PlainAmqp.OpenAsync(broker));

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        await _sql.DisposeAsync();
    }

    [Fact]
    public async Task brings_the_outcome_back()
    {
        var (process, deploy) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _amqp.SendAsync(_account, PlainSql.Text(_account, AProcess(process), Guid.CreateVersion7()));
        await _amqp.SendAsync(_account, PlainSql.Text(_account, new DeployProcess { ProcessId = process }, deploy));

        var outcome = await _amqp.OutcomeAsync(deploy);

        outcome.GetProperty("status").GetString().ShouldBe("accepted");
        outcome.GetProperty("position").GetInt64().ShouldBe(2);
        outcome.GetProperty("events")[0].GetProperty("type").GetString().ShouldBe("processdeployment.version-deployed.v1");
    }

    [Fact]
    public async Task a_repeat_over_SQL_is_answered_as_replayed()
    {
        var (id, save) = (Guid.CreateVersion7(), AProcess(Guid.CreateVersion7()));
        await _amqp.SendAsync(_account, PlainSql.Text(_account, save, id));
        await _amqp.OutcomeAsync(id);

        await _sql.SendAsync(PlainSql.Text(_account, save, id));

        (await _sql.OutcomeAsync(_account, id))!.Value.GetProperty("replayed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task a_repeat_of_what_came_by_SQL_is_answered_as_replayed()
    {
        var (id, save) = (Guid.CreateVersion7(), AProcess(Guid.CreateVersion7()));
        await _sql.SendAsync(PlainSql.Text(_account, save, id));
        var first = await _sql.OutcomeAsync(_account, id);

        await _amqp.SendAsync(_account, PlainSql.Text(_account, save, id));

        var outcome = await _amqp.OutcomeAsync(id);
        outcome.GetProperty("replayed").GetBoolean().ShouldBeTrue();
        outcome.GetProperty("position").GetInt64().ShouldBe(first!.Value.GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task malformed_text_ends_in_the_dead_letters_and_others_go_on()
    {
        var (mark, id, good) = (Guid.NewGuid().ToString(), Guid.CreateVersion7(), Guid.CreateVersion7());
        byte[][] bad = [[], [0xff, 0xfe, 0], .. new[] { "{", "[]", "\0", new string('[', 10_000) }.Select(text => System.Text.Encoding.UTF8.GetBytes(mark + text))];
        foreach (var body in bad) await _amqp.SendAsync(_account, body);
        var text = PlainSql.Text(_account, AProcess(Guid.CreateVersion7()), id).Replace("\"name\"", "\"title\"", StringComparison.Ordinal);
        await _amqp.SendAsync(_account, text);

        await _amqp.SendAsync(_account, PlainSql.Text(_account, AProcess(Guid.CreateVersion7()), good));

        (await _amqp.OutcomeAsync(good)).GetProperty("status").GetString().ShouldBe("accepted");
        var answer = await _amqp.OutcomeAsync(id);
        answer.GetProperty("status").GetString().ShouldBe("malformed");
        var errors = CommandParser.Parse(System.Text.Encoding.UTF8.GetBytes(text), CommandDefaults.None).Errors;
        answer.GetProperty("errors").GetArrayLength().ShouldBe(errors.Count);
        await Eventually.TrueAsync(async () => await _sql.OneAsync<long>("select count(*) from process_deployment.dead_letter where body like $1", mark + "%") == 4, "the dead letters");
        (await _sql.OneAsync<string>("select reason from process_deployment.dead_letter where command_id = $1", id)).ShouldBe(string.Join("; ", errors));
    }

    [Fact]
    public async Task to_an_unknown_account_is_refused_and_kept()
    {
        var (id, nobody) = (Guid.CreateVersion7(), $"nobody-{Guid.NewGuid():n}");

        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var text = PlainSql.Text(nobody, AProcess(Guid.CreateVersion7()), id);

        await _amqp.SendAsync(nobody, text.Replace("\"data\":", $"\"correlationid\":\"flow-7\",\"traceparent\":\"{Trace}\",\"data\":", StringComparison.Ordinal));

        (await _amqp.OutcomeAsync(id)).GetProperty("refusal").GetProperty("code").GetString().ShouldBe("unknown-account");
        (await _sql.OneAsync<string>("select status from process_deployment.dead_letter where account_id = $1", nobody)).ShouldBe("unknown-account");
        // Replayed, it belongs to the flow it was sent in.
        var kept = await _sql.OneAsync<string>("select body from process_deployment.dead_letter where account_id = $1", nobody);
        CommandParser.Parse(System.Text.Encoding.UTF8.GetBytes(kept), CommandDefaults.None).Envelope!.Extensions
            .ShouldBe(new Dictionary<string, string> { ["correlationid"] = "flow-7", ["traceparent"] = Trace }, ignoreOrder: true);
    }
}
