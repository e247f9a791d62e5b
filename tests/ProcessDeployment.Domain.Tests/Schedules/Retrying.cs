using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Schedules;

public sealed class Retrying : Situation
{
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };
    private static readonly Schedule OnTheFives = new() { Minutes = "0-59/5", Hours = "*" };
    private static readonly DateTimeOffset Six = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    public Retrying()
    {
        Given(Process(P), Atom(A), Tell(A, AtomStatus.Online), Attach(P, A), Deploy(P), Schedule(P, A, Hourly) with { Retry = new(2, [OnTheFives]) });
        Run = World.Next.CommandId;
        Given(Due(P, A, Six));
    }

    private Guid Run { get; }

    /// <summary>Each event of this world has a minute of its own.</summary>
    [Fact, Covers("R44")]
    public void comes_at_the_next_time_that_the_retry_schedule_names()
    {
        When(Ran(A, Run, ExecutionStatus.Error, "no answer"));
        Decision.Events.Select(e => e.GetType()).ShouldBe([typeof(ExecutionCompleted), typeof(RetryAwaited)]);
        var now = World.At(World.Events.Count - 1);
        var awaited = (RetryAwaited)Decision.Events[1];
        (awaited.ExecutionId, awaited.Attempt).ShouldBe((Run, 1));
        awaited.DueAt.ShouldBe(now.AddMinutes(5 - (now.Minute % 5)));
    }

    [Fact]
    public void is_an_execution_of_its_own_and_ends_after_the_last_attempt()
    {
        var failed = Run;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Given(Ran(A, failed, ExecutionStatus.Error));
            var again = World.Next.CommandId;
            When(Due(P, A, Six) with { RetryOf = failed, Attempt = attempt });
            Then<ExecutionRequested>(requested => (requested.Kind, requested.RetryOf, requested.Attempt).ShouldBe((ExecutionKind.Retry, failed, attempt)));
            failed = again;
        }

        When(Ran(A, failed, ExecutionStatus.Error));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ExecutionCompleted>();
    }

    [Theory]
    [InlineData(ExecutionStatus.Complete)]
    [InlineData(ExecutionStatus.CompleteWarn)]
    [InlineData(ExecutionStatus.Aborted)]
    public void is_only_for_what_failed(ExecutionStatus status)
    {
        When(Ran(A, Run, status));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ExecutionCompleted>();
    }

    [Fact]
    public void is_not_for_runs_by_hand()
    {
        var byHand = World.Next.CommandId;
        Given(Execute(P, A));
        When(Ran(A, byHand, ExecutionStatus.Error));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ExecutionCompleted>();
    }

    [Fact]
    public void is_over_once_the_schedules_are_stopped()
    {
        Given(Ran(A, Run, ExecutionStatus.Error), Stop(A, P));
        When(Due(P, A, Six) with { RetryOf = Run, Attempt = 1 });
        Then();
    }
}
