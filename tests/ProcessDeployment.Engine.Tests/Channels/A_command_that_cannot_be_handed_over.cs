using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.PostgreSql;
using ProcessDeployment.Engine.Tests;

namespace ProcessDeployment.ChannelTests;

[Collection<Broker>]
public sealed class A_command_that_cannot_be_handed_over(BrokerFixture broker, EngineFixture engine) : IAsyncLifetime
{
    private readonly PlainSql _sql = new(broker.Postgres);
    private readonly (Guid Broken, Guid Good) _ids = (Guid.CreateVersion7(), Guid.CreateVersion7());
    private string _account = "";

    private string Broken => PlainSql.Text(_account, BrittlePipeline.Breaking, _ids.Broken);

    private string Good => PlainSql.Text(_account, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "A" }, _ids.Good);

    public async ValueTask InitializeAsync() => _account = await broker.NewAccountAsync();

    public ValueTask DisposeAsync() => _sql.DisposeAsync();

    [Fact]
    public async Task does_not_jam_its_queue()
    {
        await using var amqp = await PlainAmqp.OpenAsync(broker);
        await amqp.SendAsync(_account, Broken);
        await amqp.SendAsync(_account, Good);

        (await amqp.OutcomeAsync(_ids.Broken)).GetProperty("status").GetString().ShouldBe("failed");
        (await amqp.OutcomeAsync(_ids.Good)).GetProperty("status").GetString().ShouldBe("accepted");
        await IsBuriedAsync("rabbitmq");
    }

    [Fact]
    public async Task does_not_jam_the_intake()
    {
        await _sql.SendAllAsync([Broken, Good]);

        (await _sql.OutcomeAsync(_account, _ids.Good))!.Value.GetProperty("status").GetString().ShouldBe("accepted");
        (await _sql.OutcomeAsync(_account, _ids.Broken))!.Value.GetProperty("status").GetString().ShouldBe("failed");
        await IsBuriedAsync("postgresql");
        (await _sql.OneAsync<long>("select count(*) from process_deployment.command_intake where body like $1", $"%{_ids.Broken}%")).ShouldBe(0);
    }

    [Fact]
    public async Task takes_no_room_from_those_behind_it()
    {
        var body = System.Text.Encoding.UTF8.GetBytes(Broken);
        using var flow = new IntakeFlow(new BrittlePipeline(engine.Pipeline), engine.Services.GetRequiredService<Placement>(), engine.Services.GetRequiredService<DeadLetterStore>(), NullLogger.Instance);

        await flow.TakeAsync([new(long.MaxValue, Size: 4_000_000, body)], TestContext.Current.CancellationToken);

        flow.AtWork.ShouldBeEmpty();
        await flow.RoomAsync(0, TestContext.Current.CancellationToken).WaitAsync(Engine.Tests.Eventually.Patience, TestContext.Current.CancellationToken);
    }

    private async Task IsBuriedAsync(string channel)
    {
        (await _sql.OneAsync<string>("select status from process_deployment.dead_letter where command_id = $1 and channel = $2", _ids.Broken, channel)).ShouldBe("failed");
        (await _sql.OneAsync<string>("select body from process_deployment.dead_letter where command_id = $1", _ids.Broken)).ShouldContain("Breaks the pipeline");
    }
}
