using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Components;

public sealed class Deleting_components : Situation
{
    public Deleting_components() => Given(Component(Map), Process(P, Map), Atom(A), Atom(B));

    [Fact, Covers("R18")]
    public void a_deployed_process_is_refused_and_says_where_it_is_deployed()
    {
        Given(Attach(P, A, B), Deploy(P));
        When(Delete(P));
        Refused(RefusalCodes.StillDeployed).Details.ShouldBeOfType<AtomsDetails>().AtomIds.ShouldBe([A, B]);
    }

    [Fact, Covers("R18")]
    public void another_component_goes_with_a_warning()
    {
        When(Delete(Map));
        Then(new ComponentDeleted { ComponentId = Map, Revision = 1 });
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("StillReferenced");
        Decision.Warnings[0].Message.ShouldContain(P.ToString());
    }

    [Fact, Covers("R18")]
    public void a_bundled_child_goes_with_a_warning_too()
    {
        Given(Process(Child), Process(Q, Child), Attach(Q, A), Deploy(Q));
        When(Delete(Child));
        Then<ComponentDeleted>(_ => Decision.Warnings.ShouldHaveSingleItem());
    }

    [Fact, Covers("R18")]
    public void restoring_brings_the_last_revision_back()
    {
        Given(Delete(Map));
        When(Restore(Map));
        Then(new ComponentRestored { ComponentId = Map, Revision = 1 });
        When(Component(Map));
        Then<RevisionMade>(made => made.Revision.ShouldBe(2));
    }

    [Fact]
    public void a_process_attached_but_never_deployed_is_detached_first()
    {
        Given(Attach(P, A, B));
        When(Delete(P));
        Then(
            new AtomDetached { ProcessId = P, AtomId = A, Suspended = [], LicencesFreed = [] },
            new AtomDetached { ProcessId = P, AtomId = B, Suspended = [], LicencesFreed = [] },
            new ComponentDeleted { ComponentId = P, Revision = 1 });
    }

    [Fact]
    public void a_process_deployed_but_detached_goes_and_its_versions_stay()
    {
        Given(Attach(P, A), Deploy(P), Detach(P, A));
        When(Delete(P));
        Then(picture => picture.Versions[P].Count.ShouldBe(1));
        Given(Restore(P));
        When(Attach(P, A));
        Then<AtomAttached>(attached => attached.EffectiveVersion.ShouldBe(1));
    }

    [Fact]
    public void twice_or_restoring_a_live_one_changes_nothing()
    {
        When(Restore(Map));
        Then();
        Given(Delete(Map));
        When(Delete(Map));
        Then();
    }

    [Fact, Covers("#36")]
    public void an_unknown_one_is_refused()
    {
        When(Delete(Nobody));
        Refused(RefusalCodes.UnknownComponent);
        When(Restore(Nobody));
        Refused(RefusalCodes.UnknownComponent);
    }
}
