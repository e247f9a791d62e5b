using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.ChannelTests;

/// <summary>As an old node meets it during a rolling upgrade.</summary>
[Collection<Broker>]
public sealed class A_command_of_a_newer_type(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private readonly Guid _newer = Guid.CreateVersion7();
    private readonly Guid _known = Guid.CreateVersion7();
    private string _account = "";

    private string Newer => Text(_newer).Replace("save-component.v1", "save-component.v3", StringComparison.Ordinal).Replace("\"name\"", "\"title\"", StringComparison.Ordinal);

    public async ValueTask InitializeAsync() => _account = await broker.NewAccountAsync();

    public ValueTask DisposeAsync() => _sql.DisposeAsync();

    [Fact]
    public async Task stays_in_the_intake_and_lets_others_pass()
    {
        await _sql.SendAllAsync([Newer, Text(_known)]);

        (await _sql.OutcomeAsync(_account, _known))!.Value.GetProperty("status").GetString().ShouldBe("accepted");
        await Eventually.TrueAsync(async () => await InIntakeAsync("set_aside_at is not null") == 1, "the row to be set aside");
        (await LettersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task is_buried_when_no_node_has_known_it_for_long()
    {
        await _sql.ScalarAsync(
            "insert into process_deployment.command_intake (body, command_id, received_at) values ($1, $2, now() - interval '10 minutes')", Newer, _newer);

        var answer = await _sql.OutcomeAsync(_account, _newer);

        answer!.Value.GetProperty("status").GetString().ShouldBe("malformed");
        answer.Value.GetProperty("errors")[0].GetProperty("rule").GetString()!.ShouldStartWith("is newer than what this node knows");
        (await InIntakeAsync("true")).ShouldBe(0);
    }

    [Fact]
    public async Task stays_with_the_broker_and_lets_others_pass()
    {
        await using var amqp = await PlainAmqp.OpenAsync(broker);
        await amqp.SendAsync(_account, Newer);
        await amqp.SendAsync(_account, Text(_known));

        (await amqp.OutcomeAsync(_known)).GetProperty("status").GetString().ShouldBe("accepted");

        // One is left there, unacknowledged; the other, which came after it, is not. The figures of the broker are some seconds old.
        await Eventually.TrueAsync(async () => await InQueueAsync() == 1, "the known command alone to be acknowledged");
        (await LettersAsync()).ShouldBe(0);
    }

    private string Text(Guid id) => PlainSql.Text(_account, new SaveComponent { ComponentId = id, ComponentType = ComponentTypes.Process, Name = "Orders" }, id);

    private Task<long> LettersAsync() => _sql.OneAsync<long>("select count(*) from process_deployment.dead_letter where command_id = $1", _newer);

    private Task<long> InIntakeAsync(string condition) =>
        _sql.OneAsync<long>($"select count(*) from process_deployment.command_intake where command_id = $1 and {condition}", _newer);

    private async Task<int> InQueueAsync()
    {
        var queue = Names.PartitionOf(home: null, _account);
        var line = (await broker.Server.ControlAsync("list_queues", "name", "messages")).First(line => line.StartsWith(queue, StringComparison.Ordinal));
        return int.Parse(line.AsSpan(queue.Length), System.Globalization.CultureInfo.InvariantCulture);
    }
}
