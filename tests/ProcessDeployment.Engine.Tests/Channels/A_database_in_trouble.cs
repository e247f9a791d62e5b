using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class A_database_in_trouble(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private readonly Guid _component = Guid.CreateVersion7();
    private string _byAmqp = "";
    private string _bySql = "";
    private PlainAmqp _amqp = null!;

    public async ValueTask InitializeAsync() =>
        (_byAmqp, _bySql, _amqp) = (await broker.NewAccountAsync(), await broker.NewAccountAsync(), await PlainAmqp.OpenAsync(broker));

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        await _sql.DisposeAsync();
    }

    [Fact]
    public async Task that_drops_every_connection_again_and_again_loses_doubles_and_disorders_nothing()
    {
        var ids = Enumerable.Range(0, 1_500).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var part in ids.Chunk(300))
        {
            foreach (var id in part) await _amqp.SendAsync(_byAmqp, Text(_byAmqp, id));
            await _sql.SendAllAsync([.. part.Select(id => Text(_bySql, id))]);
            await DropAsync();
        }

        foreach (var account in new[] { _byAmqp, _bySql })
        {
            await Eventually.TrueAsync(async () => await CountAsync(account) == ids.Length, $"all commands of {account}", TimeSpan.FromMinutes(1));
            (await _sql.OneAsync<string[]>("select array_agg(headers ->> 'commandId' order by version) from events.mt_events where tenant_id = $1", account))
                .ShouldBe(ids.Select(id => id.ToString()));
        }

        foreach (var id in ids) (await _amqp.OutcomeAsync(id)).GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Fact]
    public async Task behind_on_messages_of_megabytes_is_given_few_at_a_time_and_all_in_their_order()
    {
        var (content, ids) = (new string('x', 3_000_000), Enumerable.Range(0, 25).Select(_ => Guid.CreateVersion7()).ToArray());
        await using (await _sql.HoldAsync(_byAmqp))
        {
            for (var i = 0; i < ids.Length; i++) await _amqp.SendAsync(_byAmqp, Text(_byAmqp, ids[i], $"{i} {content}"));
            await TakesAtOnceAsync(Session.Few);
        }

        foreach (var id in ids) (await _amqp.OutcomeAsync(id)).GetProperty("status").GetString().ShouldBe("accepted");

        (await _sql.OneAsync<string[]>("select array_agg(headers ->> 'commandId' order by version) from events.mt_events where tenant_id = $1", _byAmqp))
            .ShouldBe(ids.Select(id => id.ToString()));
        // The next session begins as if nothing had been, and so do the tests after this one.
        await broker.Server.ControlAsync("close_all_connections", "test");
        await TakesAtOnceAsync(Session.Many);
    }

    private Task TakesAtOnceAsync(ushort count) => Eventually.TrueAsync(
        async () => (await broker.Server.ControlAsync("list_consumers", "queue_name", "prefetch_count")).Contains($"{Names.PartitionOf(home: null, _byAmqp)}\t{count}"),
        $"the engine to take {count} at once");

    private string Text(string account, Guid id, string? content = null) => PlainSql.Text(
        account, new SaveComponent { ComponentId = _component, ComponentType = ComponentTypes.Process, Name = $"Name {id}", Content = content }, id);

    private Task<long> CountAsync(string account) => _sql.OneAsync<long>("select count(*) from events.mt_events where tenant_id = $1", account);

    /// <summary>Those of the engine; the test's own is another.</summary>
    private Task DropAsync() => _sql.ScalarAsync(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'process-deployment%'");
}
