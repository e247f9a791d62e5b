using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Environments;

public sealed class Promoting_a_version : Situation
{
    public Promoting_a_version() => Given(
        Connection(Crm), Process(P, Crm), Atom(A), Atom(B), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, order: 2, name: "Live"),
        AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P), DeployTo(Dev, P), DeployTo(Dev, P));

    [Fact, Covers("R56")]
    public void makes_exactly_that_number_current_there()
    {
        When(Promote(P, 1, Live, "carried on"));
        Then<VersionPromoted>(promoted =>
        {
            (promoted.VersionNumber, promoted.FormerVersion, promoted.EnvironmentName, promoted.Note).ShouldBe((1, null, "Live", "carried on"));
            promoted.Digest.ShouldBe(Picture.Versions[P][0].Digest);
            promoted.Targets.Single().AtomIds.ShouldBe([B]);
            promoted.Audit.NetNew.ShouldBe([new LicencePair(Crm, B)]);
        });
        Picture.Deployments[B].ShouldHaveSingleItem().VersionNumber.ShouldBe(1);
        Picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(2);
        Picture.Versions[P].Count.ShouldBe(2, "no number is consumed");
    }

    [Fact]
    public void of_an_earlier_one_brings_back_what_ran_there_before()
    {
        Given(Promote(P, 2, Live));
        When(Promote(P, 1, Live));
        Then<VersionPromoted>(promoted => promoted.FormerVersion.ShouldBe(2));
        Picture.Deployments[B].ShouldHaveSingleItem().VersionNumber.ShouldBe(1);
    }

    [Fact]
    public void that_is_current_there_changes_nothing()
    {
        When(Promote(P, 2, Dev));
        Then();
    }

    [Fact]
    public void that_does_not_exist_is_refused()
    {
        When(Promote(P, 3, Live));
        Refused(RefusalCodes.NoSuchVersion).Details.ShouldBe(new ExpectationDetails(3, 2));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<PromotionRefused>().TargetVersion.ShouldBe(3);
        When(Promote(P, 1, Nobody));
        Refused(RefusalCodes.UnknownEnvironment);
        When(Promote(Nobody, 1, Live));
        Refused(RefusalCodes.UnknownProcess);
        Decision.Events.ShouldBeEmpty();
    }

    [Fact, Covers("R34", "R31")]
    public void beyond_the_licences_there_is_refused()
    {
        Given(Purchase(0));
        When(Promote(P, 1, Live));
        Refused(RefusalCodes.LicenceExceeded);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<PromotionRefused>().Details.ShouldBeOfType<LicenceExceededDetails>();
        Picture.Deployments[B].ShouldBeEmpty();
    }

    [Fact]
    public void does_not_change_what_is_bold()
    {
        Given(Process(P).Saying("second"), Promote(P, 2, Live));
        Picture.Processes[P].IsBold.ShouldBeTrue();
        Given(DeployTo(Dev, P), Promote(P, 1, Live));
        Picture.Processes[P].IsBold.ShouldBeFalse();
    }
}
