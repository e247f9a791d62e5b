using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Attaching;

public sealed class Attaching_before_anything_is_deployed : Situation
{
    public Attaching_before_anything_is_deployed() =>
        Given(Connection(Crm), Process(P, Crm), Atom(A), Atom(B), Purchase(0));

    [Fact, Covers("R5", "#1")]
    public void only_records_the_intent()
    {
        When(Attach(P, A));
        Then(new AtomAttached { ProcessId = P, AtomId = A, EffectiveVersion = null, Audit = null });
        Then(picture => picture.Deployments[A].ShouldBeEmpty());
    }

    [Fact, Covers("R3")]
    public void audits_nothing_so_no_licence_is_missed()
    {
        When(Attach(P, A, B));
        Decision.Events.Cast<AtomAttached>().ShouldAllBe(attached => attached.Audit == null);
    }

    [Fact, Covers("#48")]
    public void uses_no_licence()
    {
        When(Attach(P, A, B));
        Then(picture => picture.Pool(ConnectorClass.Standard).Used.ShouldBe(0));
    }

    [Fact, Covers("R1")]
    public void a_process_has_a_set_of_atoms()
    {
        Given(Attach(P, B));
        When(Attach(P, A));
        Then(picture => picture.Processes[P].Atoms.ShouldBe([A, B]));
    }

    [Fact, Covers("R2")]
    public void is_needed_once_for_all_versions_to_come()
    {
        Given(Purchase(9), Attach(P, A), Deploy(P), Process(P, Crm).Saying("second"));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Targets.ShouldHaveSingleItem().AtomIds.ShouldBe([A]));
        Then(picture => picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(2));
    }
}
