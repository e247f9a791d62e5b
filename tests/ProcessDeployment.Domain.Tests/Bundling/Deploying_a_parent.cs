using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Bundling;

public sealed class Deploying_a_parent : Situation
{
    public Deploying_a_parent() => Given(
        Component(Map), Process(Grandchild, Map), Process(Child, Grandchild), Process(P, Child), Atom(A), Attach(P, A));

    [Fact, Covers("R24", "#28")]
    public void bundles_the_children_and_theirs()
    {
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Manifest.Select(entry => entry.ComponentId).ShouldBe([P, Child, Grandchild, Map]));
    }

    [Fact, Covers("R25")]
    public void does_not_list_the_bundled_child_on_the_atom()
    {
        When(Deploy(P));
        Then(picture => picture.Deployments[A].ShouldHaveSingleItem().ProcessId.ShouldBe(P));
    }

    [Fact, Covers("R25")]
    public void names_the_bundler_of_each_child_for_later()
    {
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Manifest.Where(entry => entry.DependsOn.Contains(Grandchild)).Select(entry => entry.ComponentId).ShouldBe([Child]));
    }

    [Fact, Covers("R26")]
    public void and_the_child_alone_may_run_two_revisions_on_one_atom()
    {
        Given(Deploy(P), Attach(Child, A), Process(Child, Grandchild).Saying("two"), Deploy(Child));
        Then(picture => picture.Deployments[A].Select(deployment => deployment.ProcessId).ShouldBe([P, Child]));
        Then(picture => picture.Versions[P][^1].Manifest.Single(entry => entry.ComponentId == Child).Revision.ShouldBe(1));
        Then(picture => picture.Versions[Child][^1].Manifest[0].Revision.ShouldBe(2));
        Then(picture => picture.Processes[P].IsBold.ShouldBeTrue());
    }

    [Fact, Covers("R26")]
    public void and_the_child_alone_need_both_deployed_after_a_change()
    {
        Given(Attach(Child, A), DeployAll(P, Child), Process(Child, Grandchild).Saying("two"));
        Then(picture => (picture.Processes[P].IsBold, picture.Processes[Child].IsBold).ShouldBe((true, true)));
        When(DeployAll(P, Child));
        Then(picture => (picture.Processes[P].IsBold, picture.Processes[Child].IsBold).ShouldBe((false, false)));
    }

    [Fact, Covers("#29")]
    public void in_a_diamond_holds_the_shared_component_once()
    {
        Given(Process(P, Child, Grandchild), Process(Child, Map));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Manifest.Select(entry => entry.ComponentId).ShouldBe([P, Child, Grandchild, Map]));
    }

    [Fact, Covers("#31")]
    public void leaves_the_target_of_a_route_out()
    {
        Given(Process(Q), Process(P, Child).Routing(Q));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Manifest.Select(entry => entry.ComponentId).ShouldNotContain(Q));
    }

    [Fact, Covers("#31")]
    public void stays_plain_when_the_target_of_a_route_is_revised()
    {
        Given(Process(Q), Process(P, Child).Routing(Q, Nobody), Deploy(P));
        When(Process(Q).Saying("two"));
        Then(picture => picture.Processes[P].IsBold.ShouldBeFalse());
    }

    [Fact]
    public void takes_a_chain_of_a_thousand_calls()
    {
        for (var i = 1000; i < 2000; i++) Given(i == 1999 ? Process(Id(i)) : Process(Id(i), Id(i + 1)));
        When(Deploy(Id(1000)));
        Then<VersionDeployed>(version => version.Manifest.Count.ShouldBe(1000));
    }
}
