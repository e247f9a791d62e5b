using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Detaching;

public sealed class Detaching_the_last_atom : Situation
{
    public Detaching_the_last_atom() =>
        Given(Connection(Crm), Process(P, Crm), Process(Q, Crm), Atom(A), Atom(B), Purchase(1), Attach(P, A), Deploy(P));

    [Fact, Covers("#7", "R7")]
    public void keeps_history_current_version_and_a_plain_state()
    {
        When(Detach(P, A));
        Then(picture => picture.Processes[P].Atoms.ShouldBeEmpty());
        Then(picture => picture.Processes[P].CurrentVersion.ShouldBe(1));
        Then(picture => picture.Processes[P].IsBold.ShouldBeFalse());
    }

    [Fact, Covers("#7")]
    public void keeps_a_bold_state()
    {
        Given(Process(P, Crm).Saying("second"));
        When(Detach(P, A));
        Then(picture => picture.Processes[P].Why.ShouldBe([("Revised", P)]));
    }

    [Fact, Covers("#8")]
    public void and_attaching_again_deploys_the_current_version_at_once()
    {
        Given(Detach(P, A));
        When(Attach(P, A));
        Then<AtomAttached>(attached => attached.EffectiveVersion.ShouldBe(1));
        Then<AtomAttached>(attached => attached.Audit.ShouldNotBeNull().NetNew.ShouldBe([new(Crm, A)]));
        Then(picture => picture.Versions[P].Count.ShouldBe(1));
    }

    [Fact, Covers("#8")]
    public void and_attaching_again_is_audited_afresh()
    {
        Given(Detach(P, A), Attach(Q, B), Deploy(Q));
        When(Attach(P, A));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>()
            .Holders.ShouldHaveSingleItem().ProcessIds.ShouldBe([Q]);
    }

    [Fact]
    public void of_a_process_never_deployed_says_that_nothing_stopped()
    {
        Given(Process(Child), Attach(Child, B));
        When(Detach(Child, B));
        Then(new AtomDetached { ProcessId = Child, AtomId = B, FormerVersion = null, Suspended = [], LicencesFreed = [] });
    }
}
