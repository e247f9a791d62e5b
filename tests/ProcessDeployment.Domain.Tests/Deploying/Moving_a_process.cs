using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Moving_a_process : Situation
{
    public Moving_a_process() => Given(
        Connection(Crm), Connection(Erp), Process(P, Crm), Process(Q, Erp), Atom(A), Atom(B), Atom(C), Purchase(1), Attach(P, A), Deploy(P));

    [Fact, Covers("#57")]
    public void at_the_limit_succeeds_as_one_change()
    {
        When(Move(P, [A], [B]));
        Decision.Events.Select(@event => @event.GetType()).ShouldBe([typeof(AtomDetached), typeof(AtomAttached)]);
        Decision.Events.OfType<AtomDetached>().Single().LicencesFreed.ShouldHaveSingleItem().AtomId.ShouldBe(A);
        Decision.Events.OfType<AtomAttached>().Single().EffectiveVersion.ShouldBe(1);
        Then(picture => picture.Pool(ConnectorClass.Standard).Connections.ShouldHaveSingleItem().AtomId.ShouldBe(B));
    }

    [Fact, Covers("#57")]
    public void beyond_the_licences_moves_nothing_and_keeps_the_attempt()
    {
        When(Move(P, [A], [B, C]));
        var pool = Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Pools.ShouldHaveSingleItem();
        (pool.Used, pool.Needed, pool.Available).ShouldBe((1, 2, 1));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<MoveRefused>().ToAtomIds.ShouldBe([B, C]);
        Then(picture => picture.Processes[P].Atoms.ShouldBe([A]));
    }

    [Fact]
    public void from_where_it_is_not_attached_is_refused()
    {
        Given(Purchase(2));
        When(Move(P, [A, C], [B]));
        Refused(RefusalCodes.NotAttached).Details.ShouldBeOfType<AtomsDetails>().AtomIds.ShouldBe([C]);
    }

    [Fact]
    public void names_the_licence_before_the_attachment()
    {
        When(Move(P, [C], [B]));
        Refused(RefusalCodes.LicenceExceeded);
    }

    [Fact]
    public void to_where_it_is_attached_changes_nothing()
    {
        When(Move(P, [A], [A]));
        Then();
    }

    [Fact]
    public void of_a_process_never_deployed_moves_the_intent()
    {
        Given(Attach(Q, A));
        When(Move(Q, [A], [B]));
        Then(
            new AtomDetached { ProcessId = Q, AtomId = A, Suspended = [], LicencesFreed = [] },
            new AtomAttached { ProcessId = Q, AtomId = B });
    }

    [Fact, Covers("#36")]
    public void to_an_unknown_atom_is_refused()
    {
        When(Move(P, [A], [Nobody]));
        Refused(RefusalCodes.UnknownAtom);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<MoveRefused>();
    }
}
