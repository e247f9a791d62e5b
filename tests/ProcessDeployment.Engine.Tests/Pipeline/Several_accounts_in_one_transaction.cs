using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Pipeline;

public sealed class Several_accounts_in_one_transaction(EngineFixture engine)
{
    [Fact]
    public async Task take_effect_each_in_its_own_account()
    {
        var (first, second) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        var (one, two) = (new AccountWork(first.Name, [first.Incoming(Save()), first.Incoming(Save())]), new AccountWork(second.Name, [second.Incoming(Save())]));

        await new BatchRunner(engine.Databases).RunAsync([one, two], TestContext.Current.CancellationToken);

        one.Answers.Select(outcome => outcome.Position).ShouldBe([1L, 2L]);
        two.Answers.ShouldHaveSingleItem().Position.ShouldBe(1);
        (await first.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(2);
        (await second.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(1);
    }

    [Fact]
    public async Task an_account_that_is_not_there_holds_up_no_other()
    {
        var account = await engine.NewAccountAsync();
        var nobody = new TestAccount(engine, $"nobody-{Guid.NewGuid():n}");
        var (unknown, known) = (new AccountWork(nobody.Name, [nobody.Incoming(Save())]), new AccountWork(account.Name, [account.Incoming(Save())]));

        await new BatchRunner(engine.Databases).RunAsync([unknown, known], TestContext.Current.CancellationToken);

        unknown.Answers.ShouldHaveSingleItem().Refusal!.Code.ShouldBe(RefusalCodes.UnknownAccount);
        known.Answers.ShouldHaveSingleItem().Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public async Task a_repeat_in_one_of_them_gets_its_first_outcome()
    {
        var (first, second) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        var sent = first.Incoming(Save());
        await engine.Pipeline.SubmitAsync(sent, TestContext.Current.CancellationToken);
        var (repeat, other) = (new AccountWork(first.Name, [sent]), new AccountWork(second.Name, [second.Incoming(Save())]));

        await new BatchRunner(engine.Databases).RunAsync([repeat, other], TestContext.Current.CancellationToken);

        repeat.Answers.ShouldHaveSingleItem().Replayed.ShouldBeTrue();
        repeat.Answers[0].Events.ShouldHaveSingleItem().Position.ShouldBe(1);
        other.Answers.ShouldHaveSingleItem().Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task many_at_once_leave_no_gap_in_any()
    {
        var accounts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => engine.NewAccountAsync()));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 240).Select(i => accounts[i % accounts.Length].SendAsync(Save())));

        outcomes.ShouldAllBe(outcome => outcome.Status == OutcomeStatus.Accepted);
        foreach (var account in accounts)
        {
            (await account.ScalarAsync<long>("select position from process_deployment.account where account_id = $1")).ShouldBe(20);
            (await account.ScalarAsync<long>("select count(distinct (headers ->> 'position')::bigint) from events.mt_events where tenant_id = $1")).ShouldBe(20);
        }
    }

    [Fact]
    public async Task asked_for_in_opposite_order_by_two_nodes_never_wait_for_each_other()
    {
        var (first, second) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        var (here, there) = (new BatchRunner(engine.Databases), new BatchRunner(engine.Databases));
        AccountWork Work(TestAccount account) => new(account.Name, [account.Incoming(Save())]);

        for (var round = 0; round < 25; round++)
        {
            await Task.WhenAll(
                here.RunAsync([Work(first), Work(second)], TestContext.Current.CancellationToken),
                there.RunAsync([Work(second), Work(first)], TestContext.Current.CancellationToken));
        }

        foreach (var account in (TestAccount[])[first, second])
            (await account.ScalarAsync<long>("select position from process_deployment.account where account_id = $1")).ShouldBe(50);
    }

    [Fact]
    public async Task fail_alone_when_one_of_them_cannot_be_brought_to_effect()
    {
        var (good, bad, busy) = (await engine.NewAccountAsync(), await engine.NewAccountAsync(), await engine.NewAccountAsync());
        using var signals = new PipelineSignals();
        using var pipeline = new CommandPipeline(new BatchRunner(engine.Databases), new() { SharedParallelism = 1, Retries = 0 }, signals, NullLogger<CommandPipeline>.Instance);
        Task<Outcome> first, second;
        await using (var holding = await engine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var hold = await holding.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            // The only worker waits for this account, so that the other two come together.
            await using var row = new NpgsqlCommand("select from process_deployment.account where account_id = $1 for update", holding, hold) { Parameters = { new() { Value = busy.Name } } };
            await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            _ = pipeline.SubmitAsync(busy.Incoming(Save()), TestContext.Current.CancellationToken);
            first = pipeline.SubmitAsync(good.Incoming(Save()), TestContext.Current.CancellationToken);
            // A command that no statement takes, as a defect would make one.
            var poison = bad.Incoming(Save());
            second = pipeline.SubmitAsync(poison with { Envelope = poison.Envelope with { Source = "\0" } }, TestContext.Current.CancellationToken);
        }

        (await first).Status.ShouldBe(OutcomeStatus.Accepted);
        await Should.ThrowAsync<PostgresException>(second);
        await pipeline.DrainAsync(TestContext.Current.CancellationToken);
        pipeline.Lanes.ShouldBe(0);
    }

    [Fact]
    public async Task that_wait_at_once_share_it()
    {
        var accounts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => engine.NewAccountAsync()));

        await Task.WhenAll(Enumerable.Range(0, 240).Select(i => accounts[i % accounts.Length].SendAsync(Save())));

        var transactions = new List<string>();
        foreach (var account in accounts) transactions.AddRange((await account.ScalarAsync<string[]>("select array_agg(distinct xmin::text) from events.mt_events where tenant_id = $1")));
        transactions.Distinct().Count().ShouldBeLessThan(transactions.Count);
    }

    private static SaveComponent Save() => new() { ComponentId = Guid.NewGuid(), ComponentType = ComponentTypes.Process, Name = "Orders" };
}
