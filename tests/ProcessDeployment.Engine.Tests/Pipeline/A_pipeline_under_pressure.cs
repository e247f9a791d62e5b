using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Pipeline;

public sealed class A_pipeline_under_pressure(EngineFixture engine)
{
    /// <summary>Anybody who may send by SQL or AMQP can name accounts; each name stayed in memory for ever.</summary>
    [Fact]
    public async Task keeps_nothing_of_accounts_that_are_not_there()
    {
        using var signals = new PipelineSignals();
        using var pipeline = New(new(), signals);

        for (var i = 0; i < 20; i++)
        {
            var nobody = new TestAccount(engine, $"nobody-{Guid.NewGuid():n}");
            (await pipeline.SubmitAsync(nobody.Incoming(Save("")), TestContext.Current.CancellationToken)).Refusal!.Code.ShouldBe(RefusalCodes.UnknownAccount);
        }

        await pipeline.DrainAsync(TestContext.Current.CancellationToken);
        pipeline.Lanes.ShouldBe(0);
    }

    /// <summary>Saves of 4 MB each were bounded by their number only.</summary>
    [Fact]
    public async Task turns_content_away_that_would_fill_the_memory()
    {
        using var signals = new PipelineSignals();
        using var pipeline = New(new() { WaitingContent = 1_000 }, signals);
        var account = await engine.NewAccountAsync();
        Task<Outcome> first, small;
        await using (var holding = await engine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var hold = await holding.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var row = new NpgsqlCommand("select from process_deployment.account where account_id = $1 for update", holding, hold) { Parameters = { new() { Value = account.Name } } };
            await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            first = pipeline.SubmitAsync(account.Incoming(Save(new('x', 2_000))), TestContext.Current.CancellationToken);

            await Should.ThrowAsync<PipelineBusyException>(() => pipeline.SubmitAsync(account.Incoming(Save(new('y', 10))), TestContext.Current.CancellationToken));
            small = pipeline.SubmitAsync(account.Incoming(Save("")), TestContext.Current.CancellationToken);
        }

        (await first).Status.ShouldBe(OutcomeStatus.Accepted);
        (await small).Status.ShouldBe(OutcomeStatus.Accepted);
        (await pipeline.SubmitAsync(account.Incoming(Save(new('y', 10))), TestContext.Current.CancellationToken)).Status.ShouldBe(OutcomeStatus.Accepted);
    }

    /// <summary>A statement takes a gigabyte at most; the rest of the lane is the next batch.</summary>
    [Fact]
    public async Task takes_content_in_batches_that_travel()
    {
        using var signals = new PipelineSignals();
        using var pipeline = New(new() { BatchContent = 100 }, signals);
        var account = await engine.NewAccountAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pipeline.SubmitAsync(account.Incoming(Save(new('x', 40 + i))), TestContext.Current.CancellationToken)));

        outcomes.Select(outcome => outcome.Position).ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i), ignoreOrder: true);
        // At least 40 characters each: no more than two in a transaction.
        (await account.ScalarAsync<long>("select count(distinct xmin::text) from events.mt_events where tenant_id = $1")).ShouldBeGreaterThanOrEqualTo(10);
    }

    /// <summary>One that is judged although another was turned away before it would be judged on what that one was to change.</summary>
    [Fact]
    public async Task tells_at_once_who_is_turned_away_also_when_it_is_traced()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == Tracing.Name, Sample = static (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var signals = new PipelineSignals();
        using var pipeline = New(new() { Waiting = 0 }, signals);
        var account = await engine.NewAccountAsync();

        pipeline.SubmitAsync(account.Incoming(Save("")), TestContext.Current.CancellationToken).IsTurnedAway().ShouldBeTrue();
        pipeline.Lanes.ShouldBe(0);
    }

    /// <summary>A standby that took over, a full disk at a hoster, a broken disk: good commands became dead letters.</summary>
    [Theory]
    [InlineData("25006")]
    [InlineData("58030")]
    [InlineData("57P03")]
    [InlineData("53100")]
    public void waits_while_the_database_cannot_write(string state) => Outages.Is(new PostgresException("", "ERROR", "ERROR", state)).ShouldBeTrue();

    private CommandPipeline New(PipelineOptions options, PipelineSignals signals) => new(new BatchRunner(engine.Databases), options, signals, NullLogger<CommandPipeline>.Instance);

    private static SaveComponent Save(string content) => new() { ComponentId = Guid.NewGuid(), ComponentType = ComponentTypes.Process, Name = "Orders", Content = content };
}
