using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Detaching;

public sealed class Detaching_one_of_two_atoms : Situation
{
    public Detaching_one_of_two_atoms() =>
        Given(Connection(Crm), Process(P, Crm), Process(Q, Crm), Atom(A), Atom(B), Purchase(2), Attach(P, A, B), Deploy(P, "first"));

    [Fact, Covers("R6", "#6")]
    public void stops_only_there()
    {
        When(Detach(P, A));
        Then(picture => picture.Deployments[A].ShouldBeEmpty());
        Then(picture => picture.Deployments[B].ShouldHaveSingleItem().ProcessId.ShouldBe(P));
    }

    [Fact, Covers("R7", "R8")]
    public void is_the_undeploy_and_keeps_versions_and_notes()
    {
        When(Detach(P, A));
        Then(new AtomDetached
        {
            ProcessId = P,
            AtomId = A,
            FormerVersion = 1,
            Suspended = [],
            LicencesFreed = [new(ConnectorClass.Standard, Classification.Production, Crm, A)],
        });
        Then(picture => picture.Versions[P].ShouldHaveSingleItem().Note.ShouldBe("first"));
    }

    [Fact, Covers("R8", "#51")]
    public void frees_its_licences()
    {
        When(Detach(P, A));
        Then(picture => picture.Pool(ConnectorClass.Standard).Used.ShouldBe(1));
    }

    [Fact, Covers("#51")]
    public void frees_nothing_that_another_process_holds_there()
    {
        Given(Attach(Q, A), Deploy(Q));
        When(Detach(P, A));
        Then<AtomDetached>(detached => detached.LicencesFreed.ShouldBeEmpty());
        Then(picture => picture.Pool(ConnectorClass.Standard).Connections[0].ProcessIds.ShouldBe([Q]));
    }

    [Fact, Covers("#5")]
    public void that_is_not_attached_changes_nothing()
    {
        Given(Detach(P, A));
        When(Detach(P, A));
        Then();
    }

    [Fact]
    public void passes_over_those_not_attached()
    {
        Given(Detach(P, A));
        When(Detach(P, A, B, B));
        Then<AtomDetached>(detached => detached.AtomId.ShouldBe(B));
    }

    [Fact]
    public void refuses_an_unknown_atom_and_detaches_none()
    {
        When(Detach(P, A, Nobody));
        Refused(RefusalCodes.UnknownAtom);
        Then(picture => picture.Processes[P].Atoms.ShouldBe([A, B]));
    }
}
