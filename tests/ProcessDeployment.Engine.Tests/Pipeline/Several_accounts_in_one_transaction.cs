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

    private static SaveComponent Save() => new() { ComponentId = Guid.NewGuid(), ComponentType = ComponentTypes.Process, Name = "Orders" };
}
