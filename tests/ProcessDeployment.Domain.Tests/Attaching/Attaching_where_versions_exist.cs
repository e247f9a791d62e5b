using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Attaching;

public sealed class Attaching_where_versions_exist : Situation
{
    public Attaching_where_versions_exist() =>
        Given(Connection(Crm), Process(P, Crm), Atom(A), Atom(B), Purchase(2), Attach(P, A), Deploy(P), Deploy(P));

    [Fact, Covers("R4", "#2", "R14")]
    public void makes_the_current_version_effective_under_the_same_number()
    {
        When(Attach(P, B));
        Then<AtomAttached>(attached => attached.EffectiveVersion.ShouldBe(2));
        Then(picture => picture.Deployments[B].ShouldHaveSingleItem().VersionNumber.ShouldBe(2));
        Then(picture => picture.Versions[P].Count.ShouldBe(2));
    }

    [Fact, Covers("R3", "R31")]
    public void audits_the_connections()
    {
        When(Attach(P, B));
        Then<AtomAttached>(attached => attached.Audit.ShouldNotBeNull().NetNew.ShouldBe([new(Crm, B)]));
        Then<AtomAttached>(attached => attached.Audit!.Pools.ShouldBe([new(ConnectorClass.Standard, Classification.Production, 2, 1, 2)]));
    }

    [Fact]
    public void is_effective_since_the_attachment_and_not_since_the_deployment()
    {
        When(Attach(P, B));
        Then(picture => picture.Deployments[B].ShouldHaveSingleItem().Since.ShouldBe(World.At(World.Events.Count)));
    }

    [Fact, Covers("#5")]
    public void a_second_time_changes_nothing()
    {
        When(Attach(P, A));
        Then();
    }

    [Fact]
    public void names_the_same_atom_twice_but_attaches_it_once()
    {
        When(Attach(P, B, B, A));
        Then<AtomAttached>(attached => attached.AtomId.ShouldBe(B));
    }
}
