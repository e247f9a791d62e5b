using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Components;

public sealed class Saving_components : Situation
{
    [Fact]
    public void the_first_save_makes_revision_1_and_every_save_the_next()
    {
        When(Component(Map));
        Then<RevisionMade>(made => made.Revision.ShouldBe(1));
        When(Component(Map));
        Then<RevisionMade>(made => made.Revision.ShouldBe(2));
    }

    [Fact, Covers("R20")]
    public void a_revision_deploys_nothing_by_itself()
    {
        Given(Process(P), Atom(A), Attach(P, A), Deploy(P));
        When(Process(P).Saying("two"));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<RevisionMade>();
    }

    [Fact]
    public void references_to_what_is_not_saved_yet_are_kept_and_doubles_dropped()
    {
        When(Process(P, Nobody, Nobody).Routing(Nobody));
        Then<RevisionMade>(made => made.References.ShouldBe([new(Nobody, ReferenceKind.Dependent), new(Nobody, ReferenceKind.Independent)]));
    }

    [Fact]
    public void the_type_is_fixed_at_the_first_save()
    {
        Given(Component(Map));
        When(Process(Map));
        Refused(RefusalCodes.ComponentTypeChanged);
    }

    [Fact]
    public void a_deleted_component_takes_no_revision()
    {
        Given(Component(Map), Delete(Map));
        When(Component(Map));
        Refused(RefusalCodes.ComponentDeleted);
    }

    [Fact]
    public void the_first_of_several_reasons_is_named()
    {
        Given(Process(P), Process(Q, P), Delete(P));
        When(Component(P, "script", Q));
        Refused(RefusalCodes.ReferenceCycle);
        When(Component(P, "script"));
        Refused(RefusalCodes.ComponentTypeChanged);
        When(Process(P));
        Refused(RefusalCodes.ComponentDeleted);
    }

    [Fact]
    public void a_cycle_over_an_old_reference_of_a_deleted_component_is_named_too()
    {
        Given(Process(P, Q), Delete(P), Process(Q, P));
        When(Process(P, Q));
        Refused(RefusalCodes.ReferenceCycle);
    }

    [Fact]
    public void a_component_type_is_one_line()
    {
        (Component(Map) with { ComponentType = "map\n" }).Check().ShouldHaveSingleItem().Member.ShouldBe("componentType");
    }
}
