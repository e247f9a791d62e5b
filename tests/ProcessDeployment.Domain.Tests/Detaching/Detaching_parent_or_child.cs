using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Detaching;

public sealed class Detaching_parent_or_child : Situation
{
    public Detaching_parent_or_child() => Given(
        Connection(Crm), Process(Child, Crm), Process(P, Child), Atom(A), Purchase(1),
        Attach(P, A), Attach(Child, A), Deploy(P), Deploy(Child));

    [Fact, Covers("#12")]
    public void leaves_the_child_when_the_parent_goes()
    {
        When(Detach(P, A));
        Then(picture => picture.Deployments[A].ShouldHaveSingleItem().ProcessId.ShouldBe(Child));
        Then(picture => picture.Pool(ConnectorClass.Standard).Used.ShouldBe(1));
    }

    [Fact, Covers("#13")]
    public void leaves_the_child_in_the_parents_manifest_when_the_child_goes()
    {
        When(Detach(Child, A));
        Then(picture => picture.Deployments[A].ShouldHaveSingleItem().ProcessId.ShouldBe(P));
        Then(picture => picture.Versions[P][^1].Manifest.Select(entry => entry.ComponentId).ShouldContain(Child));
    }
}
