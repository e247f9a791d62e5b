using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Atoms;

public sealed class Deleting_an_atom : Situation
{
    public Deleting_an_atom() => Given(
        Connection(Crm), Process(P, Crm), Process(Q, Crm), Process(Child), Atom(A), Purchase(1),
        Attach(P, A), Attach(Q, A), Attach(Child, A), Deploy(P), Deploy(Q));

    [Fact, Covers("#14")]
    public void in_use_is_refused_and_names_the_processes()
    {
        When(DeleteAtom(A));
        Refused(RefusalCodes.AtomInUse).Details.ShouldBeOfType<ProcessesDetails>().ProcessIds.ShouldBe([P, Q, Child]);
    }

    /// <summary>An Atom with 10,000 Processes made an outcome of 390 KB, kept for ever.</summary>
    [Fact]
    public void in_use_by_many_names_some_of_them_and_says_how_many_they_are()
    {
        foreach (var process in Enumerable.Range(0, 12).Select(i => new Guid(100 + i, 0, 0, new byte[8]))) Given(Process(process), Attach(process, A));
        When(DeleteAtom(A));
        Refused(RefusalCodes.AtomInUse).Details.ShouldBeOfType<ProcessesDetails>().ProcessIds.Count.ShouldBe(10);
        Refused(RefusalCodes.AtomInUse).Message.ShouldStartWith("15 Process(es)");
    }

    [Fact, Covers("#14")]
    public void by_force_detaches_all_and_frees_each_licence_once()
    {
        When(DeleteAtom(A, force: true));
        Decision.Events.Select(@event => @event.GetType()).ShouldBe([typeof(AtomDetached), typeof(AtomDetached), typeof(AtomDetached), typeof(AtomDeleted)]);
        Decision.Events.OfType<AtomDetached>().SelectMany(detached => detached.LicencesFreed).ShouldHaveSingleItem().ComponentId.ShouldBe(Crm);
        Then(picture => picture.Pool(ConnectorClass.Standard).Used.ShouldBe(0));
        Then(picture => picture.Versions[P].Count.ShouldBe(1));
    }

    [Fact]
    public void twice_changes_nothing()
    {
        Given(DeleteAtom(A, force: true));
        When(DeleteAtom(A));
        Then();
    }

    [Fact, Covers("#36")]
    public void that_is_unknown_is_refused()
    {
        When(DeleteAtom(Nobody, force: true));
        Refused(RefusalCodes.UnknownAtom);
    }

    [Fact]
    public void does_not_free_its_id()
    {
        Given(DeleteAtom(A, force: true));
        When(Atom(A));
        Refused(RefusalCodes.AtomExists);
    }

    [Fact]
    public void needs_no_force_when_nothing_is_attached()
    {
        Given(Detach(P, A), Detach(Q, A), Detach(Child, A));
        When(DeleteAtom(A));
        Then(new AtomDeleted { AtomId = A });
    }
}
