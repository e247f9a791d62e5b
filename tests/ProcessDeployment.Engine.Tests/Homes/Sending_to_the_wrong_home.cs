using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.ChannelTests;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.Engine.Tests.Homes;

[Collection<Broker>]
public sealed class Sending_to_the_wrong_home(EngineFixture engine, BrokerFixture broker) : IAsyncLifetime
{
    private HomesOnOneBroker _one = null!;
    private PlainAmqp _amqp = null!;

    private NeighbouringHomes Homes => _one.Homes;

    public async ValueTask InitializeAsync()
    {
        _one = await HomesOnOneBroker.StartAsync(engine, broker);
        _amqp = await PlainAmqp.OpenAsync(_one.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_amqp is not null) await _amqp.DisposeAsync();
        if (_one is not null) await _one.DisposeAsync();
    }

    [Fact]
    public async Task comes_to_the_right_one_whoever_has_it_first_and_keeps_its_sender()
    {
        (await Homes.SendAsync("eu", "acme", new RegisterProducer { ProducerId = Guid.CreateVersion7(), Name = "designer", Login = "guest" })).Status.ShouldBe(OutcomeStatus.Accepted);
        Guid routed = Guid.CreateVersion7(), strayed = Guid.CreateVersion7(), nobodys = Guid.CreateVersion7();

        await _amqp.SendAsync("acme", Registers("acme", routed), "guest");
        await _amqp.SendToQueueAsync(Names.PartitionOf("main", "acme"), Registers("acme", strayed), "guest");
        await _amqp.SendToQueueAsync(Names.PartitionOf("main", "acme"), Registers("acme", nobodys));

        (await StatusOfAsync(routed)).ShouldBe("accepted");
        (await StatusOfAsync(strayed)).ShouldBe("accepted");
        (await _amqp.OutcomeAsync(nobodys)).GetProperty("refusal").GetProperty("code").GetString().ShouldBe(RefusalCodes.UnknownProducer);
    }

    [Fact]
    public async Task for_an_account_that_only_the_other_knows_finds_it_and_one_that_none_knows_is_a_dead_letter_once()
    {
        await Homes.ServicesOf("eu").GetRequiredService<AccountList>().AddAsync("later", TestContext.Current.CancellationToken);
        Guid known = Guid.CreateVersion7(), unknown = Guid.CreateVersion7();

        await _amqp.SendToQueueAsync(Names.Unrouted, Registers("later", known));
        await _amqp.SendToQueueAsync(Names.Unrouted, Registers("nobodys", unknown));

        (await StatusOfAsync(known)).ShouldBe("accepted");
        (await _amqp.OutcomeAsync(unknown)).GetProperty("refusal").GetProperty("code").GetString().ShouldBe(RefusalCodes.UnknownAccount);
        var buried = 0L;
        foreach (var home in (string[])["main", "eu"])
        {
            await using var sql = new PlainSql(Homes.DatabaseOf(home));
            buried += await sql.OneAsync<long>("select count(*) from process_deployment.dead_letter where command_id = $1", unknown);
        }

        buried.ShouldBe(1);
    }

    [Fact]
    public async Task while_its_account_is_on_its_way_waits_and_takes_effect_where_it_came_to()
    {
        await Homes.ServicesOf("eu").GetRequiredService<AccountList>().AddAsync("wandering", TestContext.Current.CancellationToken);
        await Homes.ServicesOf("main").GetRequiredService<AccountList>().AddAsync("wandering", TestContext.Current.CancellationToken);
        await Homes.CloseAsync("main", "wandering", "leaving", "eu");
        Guid[] ids = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];

        foreach (var id in ids) await _amqp.SendToQueueAsync(Names.PartitionOf("main", "wandering"), Registers("wandering", id));
        await ChannelTests.Eventually.TrueAsync(() => Task.FromResult(Homes.ServicesOf("main").GetRequiredService<CommandIntake>().HoldsForMove), "commands to be held");
        await Homes.CloseAsync("main", "wandering", "left", "eu");

        var positions = new List<long>();
        foreach (var id in ids) positions.Add((await _amqp.OutcomeAsync(id)).GetProperty("position").GetInt64());
        positions.ShouldBe(Enumerable.Range(1, ids.Length).Select(position => (long)position), "in the order in which they were sent");
        await using var main = new PlainSql(Homes.DatabaseOf("main"));
        (await main.OneAsync<long>("select position from process_deployment.account where account_id = 'wandering'")).ShouldBe(0);
    }

    [Fact]
    public async Task that_came_by_here_already_goes_where_the_account_has_come_back_to()
    {
        await Homes.ServicesOf("eu").GetRequiredService<AccountList>().AddAsync("later-back", TestContext.Current.CancellationToken);
        await Homes.ServicesOf("main").GetRequiredService<AccountList>().AddAsync("later-back", TestContext.Current.CancellationToken);
        await Homes.CloseAsync("main", "later-back", "left", "eu");
        await Homes.CloseAsync("eu", "later-back", "leaving", "main");
        var id = Guid.CreateVersion7();

        await _amqp.SendToQueueAsync(Names.PartitionOf("main", "later-back"), Registers("later-back", id));
        await ChannelTests.Eventually.TrueAsync(() => Task.FromResult(Homes.ServicesOf("eu").GetRequiredService<CommandIntake>().HoldsForMove), "the command to be held in eu");
        await Homes.OpenAsync("main", "later-back");
        await Homes.CloseAsync("eu", "later-back", "left", "main");

        (await StatusOfAsync(id)).ShouldBe("accepted");
        await using var main = new PlainSql(Homes.DatabaseOf("main"));
        (await main.OneAsync<long>("select position from process_deployment.account where account_id = 'later-back'")).ShouldBe(1);
    }

    private async Task<string?> StatusOfAsync(Guid id) => (await _amqp.OutcomeAsync(id)).GetProperty("status").GetString();

    private static string Registers(string account, Guid id) => PlainSql.Text(account, new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = $"Atom {id}" }, id);
}
