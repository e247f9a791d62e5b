using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Atoms;

public sealed class Reporting_a_status : Situation
{
    public Reporting_a_status() => Given(Atom(A));

    [Fact]
    public void is_kept_with_the_one_before()
    {
        When(Tell(A, AtomStatus.Online));
        Then(new AtomStatusChanged { AtomId = A, Status = AtomStatus.Online, FormerStatus = AtomStatus.Unknown });
        Then(picture => picture.Atoms[A].Status.ShouldBe(AtomStatus.Online));
    }

    [Fact]
    public void is_no_event_while_nothing_changes()
    {
        Given(Tell(A, AtomStatus.Online));
        When(Tell(A, AtomStatus.Online));
        Then();
    }

    [Fact, Covers("#36")]
    public void of_an_unknown_atom_is_refused()
    {
        When(Tell(Nobody, AtomStatus.Online));
        Refused(RefusalCodes.UnknownAtom);
    }
}
