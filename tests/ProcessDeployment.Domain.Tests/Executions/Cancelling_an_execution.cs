using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Executions;

public sealed class Cancelling_an_execution : Situation
{
    public Cancelling_an_execution()
    {
        Given(Process(P), Atom(A), Tell(A, AtomStatus.Online), Attach(P, A), Deploy(P));
        Run = World.Next.CommandId;
        Given(Execute(P, A));
    }

    private Guid Run { get; }

    [Fact, Covers("R41")]
    public void asks_the_atom_and_it_may_still_complete()
    {
        Given(Ran(A, Run, ExecutionStatus.Started));
        When(Cancel(Run));
        Then(new ExecutionCancelRequested { ExecutionId = Run, ProcessId = P, AtomId = A });
        When(Ran(A, Run, ExecutionStatus.Complete));
        Then<ExecutionCompleted>(completed => completed.Status.ShouldBe(ExecutionStatus.Complete));
    }

    [Fact]
    public void twice_changes_nothing()
    {
        Given(Cancel(Run));
        When(Cancel(Run));
        Then();
    }

    [Fact, Covers("R41")]
    public void is_refused_while_the_atom_is_down()
    {
        Given(Tell(A, AtomStatus.Offline));
        When(Cancel(Run));
        Refused(RefusalCodes.AtomOffline);
    }

    [Fact]
    public void is_refused_after_the_end_and_for_what_never_was()
    {
        Given(Ran(A, Run, ExecutionStatus.Aborted));
        When(Cancel(Run));
        Refused(RefusalCodes.ExecutionEnded);
        When(Cancel(Nobody));
        Refused(RefusalCodes.UnknownExecution);
    }

    [Fact, Covers("#11")]
    public void works_on_an_atom_that_the_process_was_detached_from()
    {
        Given(Detach(P, A));
        When(Cancel(Run));
        Then<ExecutionCancelRequested>(asked => asked.ExecutionId.ShouldBe(Run));
    }
}
