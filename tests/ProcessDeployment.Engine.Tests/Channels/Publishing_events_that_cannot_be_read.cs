using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Operations.Health;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Halting;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class Publishing_events_that_cannot_be_read(BrokerFixture broker) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private string _account = "";
    private PlainAmqp _amqp = null!;

    public static TheoryData<string> Kinds => [.. Poison.Kinds];

    public async ValueTask InitializeAsync() =>
        (_account, _amqp) = (await broker.NewAccountAsync(), await PlainAmqp.OpenAsync(broker, "process-deployment.events", "processdeployment.#"));

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        await _sql.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task waits_for_them_and_leaves_out_what_is_marked_as_skipped(string kind)
    {
        await PoisonedAtTwoAsync(kind);
        await broker.Services.GetRequiredService<Skipping>().SkipAsync(_account, 2, "nobody needs it", "kim@example.com", TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => Task.FromResult(Positions().Contains(4)), "what follows to be published");

        Positions().Distinct().ShouldBe([1, 3, 4]);
        (await _sql.OneAsync<long[]>("select array_agg(position order by position) from process_deployment.event where account_id = $1", _account)).ShouldBe([1, 3, 4]);
        await Eventually.TrueAsync(async () => (await PublishingAsync()).Healthy, "the engine to be well again");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task tells_them_in_their_place_when_they_are_mended(string kind)
    {
        await PoisonedAtTwoAsync(kind);
        await _sql.ScalarAsync(
            """
            update events.mt_events
            set type = 'processdeployment.atom-registered.v1', mt_dotnet_type = 'ProcessDeployment.Domain.Atoms.AtomRegistered, ProcessDeployment.Domain',
                data = jsonb_build_object('atomId', gen_random_uuid(), 'name', 'Mended', 'hostName', 'mended.example', 'atomType', 'ATOM', 'timeZone', 'Europe/Berlin')
            where tenant_id = $1 and (headers ->> 'position')::bigint = 2
            """,
            _account);

        await Eventually.TrueAsync(() => Task.FromResult(Positions().Contains(3)), "what follows to be published");

        Positions().Distinct().ShouldBe([1, 2, 3]);
        Heard().First(body => body.GetProperty("position").GetInt64() == 2).GetProperty("body").GetProperty("name").GetString().ShouldBe("Mended");
    }

    /// <summary>A save, the event, and another save behind it; until the engine says that it waits.</summary>
    private async Task PoisonedAtTwoAsync(string kind)
    {
        await SaveAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Positions().Contains(1)), "the first event to be published");
        (await broker.Services.GetRequiredService<Databases>().PoisonAsync(_account, kind)).ShouldBe(2);
        await SaveAsync();
        await Eventually.TrueAsync(async () => (await PublishingAsync()).Detail?.Contains($"position 2 of account {_account}", StringComparison.Ordinal) == true, "the engine to say that it waits");
        await Eventually.TrueAsync(
            async () => await _sql.OneAsync<long>("select count(*) from process_deployment.halted_account where account_id = $1 and position = 2 and problem is not null", _account) == 1, "the account to be halted");
        Positions().Distinct().ShouldBe([1]);
    }

    private Task SaveAsync() => _sql.SendAllAsync(
        [PlainSql.Text(_account, new SaveComponent { ComponentId = Guid.CreateVersion7(), ComponentType = ComponentTypes.Process, Name = "Orders" }, Guid.CreateVersion7())]);

    private Task<PartHealth> PublishingAsync() =>
        broker.Services.GetServices<IHealthPart>().Single(part => part.Name == EventsToBroker.Name).CheckAsync(TestContext.Current.CancellationToken);

    private IEnumerable<System.Text.Json.JsonElement> Heard() =>
        _amqp.Received.Select(message => message.Body.GetProperty("data")).Where(data => data.GetProperty("accountId").GetString() == _account);

    private IEnumerable<long> Positions() => Heard().Select(data => data.GetProperty("position").GetInt64());
}
