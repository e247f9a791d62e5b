using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Executions;

public sealed class Following_an_execution : Situation
{
    private static readonly Guid Sub = Id(70), SubSub = Id(71);

    public Following_an_execution()
    {
        Given(Process(Grandchild), Process(Child, Grandchild), Process(P, Child), Atom(A), Atom(B), Tell(A, AtomStatus.Online), Tell(B, AtomStatus.Online), Attach(P, A), Deploy(P));
        Run = World.Next.CommandId;
        Given(Execute(P, A));
    }

    private Guid Run { get; }

    [Fact]
    public void tells_start_and_end()
    {
        When(Ran(A, Run, ExecutionStatus.Started));
        Then(new ExecutionStarted { ExecutionId = Run, ProcessId = P, AtomId = A, VersionNumber = 1 });
        When(Ran(A, Run, ExecutionStatus.CompleteWarn, "2 of 5 skipped") with { LogTail = "…\nskipped" });
        Then(new ExecutionCompleted { ExecutionId = Run, ProcessId = P, AtomId = A, Status = ExecutionStatus.CompleteWarn, Message = "2 of 5 skipped", LogTail = "…\nskipped" });
    }

    [Fact, Covers("R17", "#33")]
    public void tells_the_version_that_runs_and_keeps_it_while_the_next_is_deployed()
    {
        Given(Deploy(P));
        When(Ran(A, Run, ExecutionStatus.Started) with { VersionNumber = 2 });
        Then<ExecutionStarted>(started => started.VersionNumber.ShouldBe(2));
        Given(Deploy(P));
        When(Ran(A, Run, ExecutionStatus.Complete));
        Then<ExecutionCompleted>(completed => completed.Status.ShouldBe(ExecutionStatus.Complete));
        Account.Executions[Run]!.VersionNumber.ShouldBe(2);
    }

    [Fact, Covers("#11")]
    public void goes_on_after_its_process_was_detached()
    {
        Given(Ran(A, Run, ExecutionStatus.Started), Detach(P, A));
        When(Ran(A, Run, ExecutionStatus.Complete));
        Then<ExecutionCompleted>(completed => completed.Status.ShouldBe(ExecutionStatus.Complete));
    }

    [Fact]
    public void takes_an_end_whose_start_got_lost()
    {
        When(Ran(A, Run, ExecutionStatus.Error, "no such file"));
        Then<ExecutionCompleted>(completed => completed.Message.ShouldBe("no such file"));
    }

    [Theory]
    [InlineData(ExecutionStatus.Started)]
    [InlineData(ExecutionStatus.Complete)]
    public void changes_nothing_when_it_says_the_same_again(ExecutionStatus status)
    {
        Given(Ran(A, Run, status));
        When(Ran(A, Run, status));
        Then();
    }

    [Theory]
    [InlineData(ExecutionStatus.Started)]
    [InlineData(ExecutionStatus.Error)]
    public void is_over_with_the_end(ExecutionStatus late)
    {
        Given(Ran(A, Run, ExecutionStatus.Complete));
        When(Ran(A, Run, late));
        Refused(RefusalCodes.ExecutionEnded).Details.ShouldBe(new EndedDetails(Run, ExecutionStatus.Complete));
    }

    [Fact]
    public void is_for_the_atom_that_runs_it_only()
    {
        When(Ran(B, Run, ExecutionStatus.Complete));
        Refused(RefusalCodes.UnknownExecution);
    }

    [Fact]
    public void does_not_take_a_version_that_does_not_exist()
    {
        When(Ran(A, Run, ExecutionStatus.Started) with { VersionNumber = 2 });
        Refused(RefusalCodes.NoSuchVersion);
    }

    [Fact, Covers("R27")]
    public void leads_to_records_of_what_it_calls_with_parent_and_top()
    {
        When(Called(A, Sub, Run, Child));
        Then(new ExecutionStarted { ExecutionId = Sub, ProcessId = Child, AtomId = A, VersionNumber = 1, ParentExecutionId = Run, TopLevelExecutionId = Run, TopLevelProcessId = P });
        When(Called(A, SubSub, Sub, Grandchild, ExecutionStatus.Error));
        Decision.Events.Count.ShouldBe(2);
        Decision.Events[0].ShouldBeOfType<ExecutionStarted>().TopLevelExecutionId.ShouldBe(Run);
        Decision.Events[1].ShouldBeOfType<ExecutionCompleted>().ProcessId.ShouldBe(Grandchild);
        When(Ran(A, Sub, ExecutionStatus.Complete));
        Then<ExecutionCompleted>(completed => completed.ProcessId.ShouldBe(Child));
    }

    [Fact, Covers("R27")]
    public void takes_no_child_that_its_version_does_not_bundle_and_none_of_another_atom()
    {
        Given(Process(Q));
        When(Called(A, Sub, Run, Q));
        Refused(RefusalCodes.NotDeployed);
        When(Called(B, Sub, Run, Child));
        Refused(RefusalCodes.UnknownExecution);
    }
}
