using System.Globalization;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class A_broker_in_trouble(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private readonly Guid _component = Guid.CreateVersion7();
    private string _account = "";
    private PlainAmqp _amqp = null!;

    public async ValueTask InitializeAsync() => (_account, _amqp) = (await broker.NewAccountAsync(), await PlainAmqp.OpenAsync(broker));

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        await _sql.DisposeAsync();
    }

    [Fact]
    public async Task killed_and_started_again_loses_nothing_and_doubles_nothing()
    {
        var ids = NewIds(1_000);
        await using (await _sql.HoldAsync(_account))
        {
            await SendAsync(ids[..500], from: 0);
            await AtWorkAsync(500);
            await broker.Server.KillAsync();
        }

        await broker.Server.StartAsync();
        await SendAsync(ids[500..], from: 500);

        await EachTookEffectOnceInOrderAsync(ids);
    }

    [Fact]
    public async Task that_closes_every_connection_gets_its_consumers_back()
    {
        var ids = NewIds(300);
        await SendAsync(ids[..150], from: 0);
        await broker.Server.ControlAsync("close_all_connections", "test");
        await SendAsync(ids[150..], from: 150);

        await EachTookEffectOnceInOrderAsync(ids);
    }

    [Fact]
    public async Task whose_queues_were_deleted_has_them_again_and_serves_them()
    {
        await DeleteQueuesAsync();

        var ids = NewIds(10);
        await SendAsync(ids, from: 0);

        await EachTookEffectOnceInOrderAsync(ids);
    }

    [Fact]
    public async Task away_while_outcomes_are_due_tells_every_one_of_them_later()
    {
        var ids = NewIds(200);
        await using (await _sql.HoldAsync(_account))
        {
            await SendAsync(ids, from: 0);
            await AtWorkAsync(200);
            await broker.Server.KillAsync();
        }

        await Eventually.TrueAsync(
            async () => await _sql.OneAsync<long>("select count(*) from process_deployment.command_outcome where account_id = $1", _account) == 200,
            "every command to take effect while there is nobody to tell");
        await broker.Server.StartAsync();
        // Any sending makes this client connect again.
        await SendAsync(NewIds(1), from: 200);

        foreach (var id in ids) (await _amqp.OutcomeAsync(id)).GetProperty("status").GetString().ShouldBe("accepted");
    }

    /// <summary>So many have been given to the engine, which has acknowledged none of them.</summary>
    private Task AtWorkAsync(int count) => Eventually.TrueAsync(
        async () =>
        {
            var queues = await broker.Server.ControlAsync("list_queues", "messages_unacknowledged", "name");
            return queues.Any(queue => queue.Split('\t') is [var number, var name] && name == Names.PartitionOf(home: null, _account) && int.Parse(number, CultureInfo.InvariantCulture) >= count);
        },
        $"{count} commands to be at work");

    private async Task DeleteQueuesAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker.Server.Address) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        for (var i = 0; i < 8; i++) await channel.QueueDeleteAsync($"process-deployment.commands.{i}");
        await Eventually.TrueAsync(() => AreThereAsync(connection), "the queues to be back");
    }

    /// <summary>All of them with a consumer.</summary>
    private static async Task<bool> AreThereAsync(IConnection connection)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync();
            for (var i = 0; i < 8; i++)
            {
                if ((await channel.QueueDeclarePassiveAsync($"process-deployment.commands.{i}")).ConsumerCount == 0) return false;
            }

            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    private static Guid[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private async Task SendAsync(Guid[] ids, int from)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var save = new SaveComponent { ComponentId = _component, ComponentType = ComponentTypes.Process, Name = $"Name {from + i}" };
            await _amqp.SendAsync(_account, PlainSql.Text(_account, save, ids[i]));
        }
    }

    private async Task EachTookEffectOnceInOrderAsync(Guid[] ids)
    {
        await _amqp.OutcomeAsync(ids[^1]);
        (await _sql.OneAsync<string[]>("select array_agg(headers ->> 'commandId' order by version) from events.mt_events where tenant_id = $1", _account))
            .ShouldBe(ids.Select(id => id.ToString()));
    }
}
