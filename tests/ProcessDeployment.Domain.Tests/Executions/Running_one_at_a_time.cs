using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Executions;

public sealed class Running_one_at_a_time : Situation
{
    private static readonly DateTimeOffset Six = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    public Running_one_at_a_time()
    {
        Given(
            Process(Child), Process(P, Child).OneAtATime(), Atom(A, "Berlin"), Atom(B), Tell(A, AtomStatus.Online), Tell(B, AtomStatus.Online),
            Attach(P, A, B), Deploy(P), Schedule(P, A, new Schedule { Minutes = "0", Hours = "*" }));
        First = World.Next.CommandId;
        Given(Execute(P, A));
    }

    private Guid First { get; }

    [Fact, Covers("R40", "#63")]
    public void discards_what_is_asked_for_meanwhile_and_leaves_its_record()
    {
        Given(Ran(A, First, ExecutionStatus.Started));
        var second = World.Next.CommandId;
        When(Execute(P, A, new ExecutionProperty("day", "monday")));
        Decision.Events.Count.ShouldBe(2);
        Decision.Events[0].ShouldBeOfType<ExecutionRequested>().ExecutionId.ShouldBe(second);
        Decision.Events[1].ShouldBe(new ExecutionCompleted
        {
            ExecutionId = second,
            ProcessId = P,
            AtomId = A,
            Status = ExecutionStatus.Discarded,
            Message = $"process 1 allows no simultaneous runs, and execution {First} is under way on Berlin.",
        });
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("RunDiscarded");
        Account.Executions[second]!.HasEnded().ShouldBeTrue();
    }

    [Fact, Covers("R40", "#63")]
    public void discards_it_too_while_the_atom_has_not_begun_the_first()
    {
        When(Execute(P, A));
        Discarded();
    }

    [Fact, Covers("R40", "#63")]
    public void discards_what_a_schedule_wants_as_well()
    {
        var id = World.Next.CommandId;
        When(Due(P, A, Six));
        Decision.Events[0].ShouldBe(new ExecutionRequested { ExecutionId = id, ProcessId = P, AtomId = A, Kind = ExecutionKind.Scheduled, VersionNumber = 1, Properties = [], DueAt = Six });
        Discarded();
    }

    [Fact, Covers("#63")]
    public void is_over_when_the_first_has_ended()
    {
        Given(Execute(P, A), Ran(A, First, ExecutionStatus.Complete));
        When(Execute(P, A));
        Then<ExecutionRequested>(requested => requested.AtomId.ShouldBe(A));
    }

    [Fact, Covers("R40")]
    public void looks_at_one_atom_only()
    {
        When(Execute(P, B));
        Then<ExecutionRequested>(requested => requested.AtomId.ShouldBe(B));
    }

    [Fact, Covers("R27")]
    public void lets_what_others_call_begin_and_does_not_wait_for_it()
    {
        Given(Process(Child).OneAtATime(), Attach(Child, A), Deploy(Child), Deploy(P));
        When(Called(A, Id(70), First, Child));
        Then<ExecutionStarted>(started => started.ProcessId.ShouldBe(Child));
        When(Execute(Child, A));
        Then<ExecutionRequested>(requested => requested.ProcessId.ShouldBe(Child));
    }

    [Fact, Covers("R40")]
    public void is_what_the_deployed_version_says_not_the_latest_revision()
    {
        Given(Process(P, Child).OneAtATime(simultaneous: true));
        When(Execute(P, A));
        Discarded();
        Given(Deploy(P));
        When(Execute(P, A));
        Then<ExecutionRequested>(requested => requested.VersionNumber.ShouldBe(2));
    }

    [Fact, Covers("R40")]
    public void stays_when_somebody_saves_who_cannot_say_it()
    {
        Given(Process(P, Child), Deploy(P));
        When(Execute(P, A));
        Discarded();
    }

    [Fact]
    public void is_not_asked_of_a_process_of_which_nobody_said_it()
    {
        Given(Process(Q), Attach(Q, A), Deploy(Q), Execute(Q, A));
        When(Execute(Q, A));
        Then<ExecutionRequested>(requested => requested.ProcessId.ShouldBe(Q));
    }

    private void Discarded() => Decision.Events[^1].ShouldBeOfType<ExecutionCompleted>().Status.ShouldBe(ExecutionStatus.Discarded);
}
