using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Components;

[Covers("#30")]
public sealed class Closing_a_cycle : Situation
{
    [Fact]
    public void onto_itself_is_refused()
    {
        When(Process(P, P));
        Refused(RefusalCodes.ReferenceCycle).Details.ShouldBeOfType<PathDetails>().Path.ShouldBe([P, P]);
    }

    [Fact]
    public void over_others_is_refused_with_the_path()
    {
        Given(Process(P, Q), Process(Q, Child));
        When(Process(Child, P));
        Refused(RefusalCodes.ReferenceCycle).Details.ShouldBeOfType<PathDetails>().Path.ShouldBe([Child, P, Q, Child]);
        Decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void by_a_reference_that_waited_for_its_target_is_refused()
    {
        Given(Process(P, Q));
        When(Process(Q, P));
        Refused(RefusalCodes.ReferenceCycle);
    }

    [Fact]
    public void by_an_independent_reference_is_no_cycle()
    {
        Given(Process(P, Q));
        When(Process(Q).Routing(P, Q));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void by_a_restore_is_refused_with_the_path()
    {
        Given(Process(P, Q), Delete(P), Process(Q, P));
        When(Restore(P));
        Refused(RefusalCodes.ReferenceCycle).Details.ShouldBeOfType<PathDetails>().Path.ShouldBe([P, Q, P]);
    }

    [Fact]
    public void by_a_restore_over_independent_references_only_is_no_cycle()
    {
        Given(Process(P, Q), Delete(P), Process(Q).Routing(P));
        When(Restore(P));
        Then(new ComponentRestored { ComponentId = P, Revision = 1 });
    }

    [Fact]
    public void past_a_deleted_component_waits_for_the_last_restore()
    {
        Given(Process(P, Q), Process(Q, Child), Delete(P), Delete(Q), Process(Child, P), Restore(P));
        When(Restore(Q));
        Refused(RefusalCodes.ReferenceCycle).Details.ShouldBeOfType<PathDetails>().Path.ShouldBe([Q, Child, P, Q]);
    }
}
