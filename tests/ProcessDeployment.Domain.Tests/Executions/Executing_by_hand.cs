using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Executions;

public sealed class Executing_by_hand : Situation
{
    public Executing_by_hand() => Given(Process(Child), Process(P, Child), Atom(A), Atom(B), Tell(A, AtomStatus.Online), Attach(P, A), Deploy(P));

    [Fact, Covers("R38", "R39", "#33")]
    public void asks_the_atom_for_the_current_version()
    {
        Given(Deploy(P));
        var id = World.Next.CommandId;
        When(Execute(P, A, new ExecutionProperty("day", "monday")));
        Then(new ExecutionRequested
        {
            ExecutionId = id,
            ProcessId = P,
            AtomId = A,
            Kind = ExecutionKind.Manual,
            VersionNumber = 2,
            Properties = [new("day", "monday")],
        });
    }

    [Fact, Covers("#62")]
    public void is_refused_where_it_is_not_attached()
    {
        When(Execute(P, B));
        Refused(RefusalCodes.NotDeployed).Details.ShouldBeOfType<AtomsDetails>().AtomIds.ShouldBe([B]);
    }

    [Fact, Covers("#62", "#11")]
    public void is_refused_once_it_was_detached()
    {
        Given(Detach(P, A));
        When(Execute(P, A));
        Refused(RefusalCodes.NotDeployed);
    }

    [Fact, Covers("#62")]
    public void is_refused_before_anything_was_deployed()
    {
        Given(Process(Q), Attach(Q, A));
        When(Execute(Q, A));
        Refused(RefusalCodes.NotDeployed);
    }

    [Fact, Covers("R25", "#61")]
    public void of_a_bundled_child_is_refused_with_the_parents_that_bundle_it()
    {
        Given(Process(Q, Child), Attach(Q, A), Deploy(Q));
        When(Execute(Child, A));
        Refused(RefusalCodes.BundledOnly).Details.ShouldBeOfType<ParentsDetails>().Parents.ShouldBe([P, Q]);
    }

    [Fact, Covers("R25")]
    public void of_a_child_works_where_it_is_deployed_by_itself()
    {
        Given(Attach(Child, A), Deploy(Child));
        When(Execute(Child, A));
        Then<ExecutionRequested>(requested => requested.ProcessId.ShouldBe(Child));
    }

    [Fact, Covers("#13")]
    public void of_a_child_is_over_with_its_own_attachment_although_the_parent_still_holds_it()
    {
        Given(Attach(Child, A), Deploy(Child), Detach(Child, A));
        When(Execute(Child, A));
        Refused(RefusalCodes.BundledOnly).Details.ShouldBeOfType<ParentsDetails>().Parents.ShouldBe([P]);
    }

    [Fact]
    public void of_a_child_that_no_version_bundles_any_more_says_only_that_it_is_not_deployed()
    {
        Given(Process(P), Deploy(P));
        When(Execute(Child, A));
        Refused(RefusalCodes.NotDeployed);
    }

    [Theory, Covers("R38", "#15", "#62")]
    [InlineData(AtomStatus.Offline)]
    [InlineData(AtomStatus.Unknown)]
    public void needs_an_atom_that_says_it_runs(AtomStatus status)
    {
        Given(Tell(A, status));
        When(Execute(P, A));
        Refused(RefusalCodes.AtomOffline);
    }

    [Fact]
    public void is_taken_by_an_atom_with_a_warning()
    {
        Given(Tell(A, AtomStatus.Warning));
        When(Execute(P, A));
        Then<ExecutionRequested>(requested => requested.AtomId.ShouldBe(A));
    }

    [Fact, Covers("R38", "#62")]
    public void is_not_for_listeners_by_the_version_that_is_deployed()
    {
        Given(Process(P).Listening(), Deploy(P), Process(P));
        When(Execute(P, A));
        Refused(RefusalCodes.ListenerProcess);
    }

    [Fact, Covers("#36")]
    public void needs_a_process_and_an_atom_that_exist()
    {
        When(Execute(Nobody, A));
        Refused(RefusalCodes.UnknownProcess);
        When(Execute(P, Nobody));
        Refused(RefusalCodes.UnknownAtom);
    }
}
