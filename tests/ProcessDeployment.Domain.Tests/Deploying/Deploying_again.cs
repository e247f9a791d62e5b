using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Deploying_again : Situation
{
    public Deploying_again() => Given(Process(P).Saying("one"), Atom(A), Attach(P, A), Deploy(P));

    [Fact, Covers("R10", "#17")]
    public void with_nothing_revised_makes_a_version_that_says_so()
    {
        When(Deploy(P));
        Then<VersionDeployed>(version => (version.VersionNumber, version.IdenticalTo, version.RedeployOf).ShouldBe((2, 1, null)));
    }

    [Fact, Covers("#17")]
    public void only_if_changed_is_refused_when_nothing_was()
    {
        Given(Process(P).Saying("one") with { Name = "Renamed" });
        When(Deploy(P) with { OnlyIfChanged = true });
        Refused(RefusalCodes.NothingChanged);
        Given(Process(P).Saying("two"));
        When(Deploy(P) with { OnlyIfChanged = true });
        Then<VersionDeployed>(version => version.VersionNumber.ShouldBe(2));
    }

    [Fact]
    public void only_if_changed_compares_with_the_current_version_alone()
    {
        Given(Process(P).Saying("two"), Deploy(P), Process(P).Saying("one"));
        When(Deploy(P) with { OnlyIfChanged = true });
        Then<VersionDeployed>(version => version.IdenticalTo.ShouldBe(1));
    }

    [Fact]
    public void is_identical_to_the_newest_of_several()
    {
        Given(Deploy(P), Process(P).Saying("two"), Deploy(P), Process(P).Saying("one"));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.IdenticalTo.ShouldBe(2));
    }

    [Fact]
    public void with_other_content_is_identical_to_none()
    {
        Given(Process(P).Saying("two"));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.IdenticalTo.ShouldBeNull());
    }

    [Fact, Covers("R20")]
    public void is_what_makes_a_revision_take_effect()
    {
        Given(Process(P).Saying("two"));
        Then(picture => picture.Versions[P][^1].Manifest[0].Revision.ShouldBe(1));
        When(Deploy(P));
        Then(picture => picture.Versions[P][^1].Manifest[0].Revision.ShouldBe(2));
    }

    [Fact, Covers("#24")]
    public void at_once_by_two_people_gives_the_second_the_next_number()
    {
        When(Deploy(P) with { Actor = "one@example.com" });
        Then<VersionDeployed>(version => version.VersionNumber.ShouldBe(2));
        When(Deploy(P) with { Actor = "two@example.com" });
        Then<VersionDeployed>(version => version.VersionNumber.ShouldBe(3));
    }

    [Fact, Covers("#24")]
    public void is_refused_when_another_version_was_expected()
    {
        Given(Deploy(P) with { ExpectedVersion = 1 });
        When(Deploy(P) with { ExpectedVersion = 1 });
        Refused(RefusalCodes.ExpectedVersion).Details.ShouldBe(new ExpectationDetails(1, 2));
        When(Redeploy(P, 1) with { ExpectedVersion = 1 });
        Refused(RefusalCodes.ExpectedVersion);
    }

    [Fact]
    public void is_refused_when_another_revision_was_expected()
    {
        When(Deploy(P) with { ExpectedRevision = 2 });
        Refused(RefusalCodes.ExpectedRevision).Details.ShouldBe(new ExpectationDetails(2, 1));
    }

    [Fact]
    public void expects_version_0_of_a_process_never_deployed()
    {
        Given(Process(Q));
        When(Deploy(Q) with { ExpectedVersion = 0 });
        Then<VersionDeployed>(version => version.VersionNumber.ShouldBe(1));
    }
}
