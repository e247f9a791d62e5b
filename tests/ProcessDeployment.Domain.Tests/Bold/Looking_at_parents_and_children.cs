using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Bold;

public sealed class Looking_at_parents_and_children : Situation
{
    public Looking_at_parents_and_children() => Given(
        Component(Map), Process(Grandchild, Map), Process(Child, Grandchild), Process(P, Child), Atom(A), Attach(P, A));

    private bool IsBold(Guid processId) => Picture.Processes[processId].IsBold;

    [Fact, Covers("R23", "#38")]
    public void the_child_never_deployed_stays_bold_when_the_parent_is_deployed()
    {
        IsBold(Child).ShouldBeTrue();
        When(Deploy(P));
        (IsBold(P), IsBold(Child)).ShouldBe((false, true));
        Picture.Processes[Child].Why.ShouldBe([("NeverDeployed", Child)]);
    }

    [Fact, Covers("#39")]
    public void the_child_deployed_and_not_revised_is_plain_whatever_the_parent_does()
    {
        Given(Deploy(Child));
        When(Deploy(P));
        IsBold(Child).ShouldBeFalse();
    }

    [Fact, Covers("R22")]
    public void a_revised_child_makes_its_parent_bold()
    {
        Given(Deploy(P));
        When(Process(Child, Grandchild).Saying("two"));
        Picture.Processes[P].Why.ShouldBe([("Revised", Child)]);
    }

    [Fact, Covers("R22", "#28")]
    public void so_does_a_grandchild_and_what_it_uses()
    {
        Given(Deploy(P), Deploy(Child), Deploy(Grandchild));
        When(Component(Map).Saying("two"));
        (IsBold(P), IsBold(Child), IsBold(Grandchild)).ShouldBe((true, true, true));
        Picture.Processes[P].Why.ShouldBe([("Revised", Map)]);
    }

    [Fact, Covers("#40", "R23")]
    public void redeploying_only_the_parent_leaves_the_child_bold()
    {
        Given(Deploy(Child), Deploy(P), Process(Child, Grandchild).Saying("two"));
        When(Deploy(P));
        (IsBold(P), IsBold(Child)).ShouldBe((false, true));
    }

    [Fact, Covers("#41")]
    public void redeploying_only_the_child_leaves_the_parent_bold()
    {
        Given(Deploy(Child), Deploy(P), Process(Child, Grandchild).Saying("two"));
        When(Deploy(Child));
        (IsBold(P), IsBold(Child)).ShouldBe((true, false));
    }

    [Fact, Covers("#44")]
    public void a_component_shared_by_forty_makes_forty_bold_and_its_impact_names_them_and_their_atoms()
    {
        var processes = Enumerable.Range(100, 40).Select(Id).ToArray();
        Given([.. processes.Select(id => Process(id, Map))]);
        Given([.. processes.Select(id => Attach(id, A))]);
        Given([DeployAll(processes)]);
        When(Component(Map).Saying("two"));
        Decision.Events.ShouldHaveSingleItem("a save touches one stream");
        var impact = Picture.Impact(Map);
        impact.Select(item => item.ProcessId).ShouldBe(processes);
        impact.ShouldAllBe(item => item.RevisedSinceDeploy && item.Atoms.Single() == A);
    }
}
