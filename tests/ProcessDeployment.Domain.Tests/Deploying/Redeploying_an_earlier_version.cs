using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Redeploying_an_earlier_version : Situation
{
    public Redeploying_an_earlier_version() => Given(
        Process(Child).Saying("one"), Process(P, Child).Saying("one"), Atom(A), Attach(P, A), Deploy(P),
        Process(Child).Saying("two"), Deploy(P));

    [Fact, Covers("R11", "#18")]
    public void makes_a_new_version_with_the_old_manifest()
    {
        When(Redeploy(P, 1));
        Then<VersionDeployed>(version => (version.VersionNumber, version.RedeployOf, version.IdenticalTo).ShouldBe((3, 1, 1)));
        Then(picture => picture.Versions[P][2].Digest.ShouldBe(picture.Versions[P][0].Digest));
        Then(picture => picture.Versions[P][2].Manifest.ShouldBe(picture.Versions[P][0].Manifest));
        Then(picture => picture.Processes[P].CurrentVersion.ShouldBe(3));
    }

    [Fact, Covers("#18")]
    public void notes_itself_unless_a_note_is_given()
    {
        When(Redeploy(P, 1, "  "));
        Then<VersionDeployed>(version => version.Note.ShouldBe("Re-deployment of version 1"));
        When(Redeploy(P, 1, "back to safety"));
        Then<VersionDeployed>(version => version.Note.ShouldBe("back to safety"));
    }

    [Fact, Covers("R12")]
    public void leaves_the_revisions_of_the_designer_alone()
    {
        When(Redeploy(P, 1));
        Decision.Events.ShouldHaveSingleItem();
        Then(picture => picture.Components[Child].LatestRevision.ShouldBe(2));
    }

    [Fact, Covers("#19")]
    public void or_the_current_one_pushes_it_again()
    {
        When(Redeploy(P, 2));
        Then<VersionDeployed>(version => (version.VersionNumber, version.RedeployOf).ShouldBe((3, 2)));
    }

    [Fact, Covers("#20")]
    public void works_although_a_component_was_deleted_since()
    {
        Given(Process(P), Delete(Child));
        When(Redeploy(P, 1));
        Then<VersionDeployed>(version => version.Manifest.Select(entry => entry.ComponentId).ShouldBe([P, Child]));
        Then(picture => picture.Processes[P].Reasons.Select(reason => reason.Code).ShouldContain("ComponentDeleted"));
    }

    [Theory, Covers("#18"), InlineData(3), InlineData(99)]
    public void that_never_was_is_refused(int number)
    {
        When(Redeploy(P, number, "hm"));
        Refused(RefusalCodes.NoSuchVersion).Details.ShouldBe(new ExpectationDetails(number, 2));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>().TargetVersion.ShouldBe(number);
    }

    [Fact, Covers("R19")]
    public void never_uses_a_number_twice()
    {
        Given(Redeploy(P, 1), Detach(P, A), Delete(P), Restore(P), Deploy(P));
        Then(picture => picture.Versions[P].Select(version => version.VersionNumber).ShouldBe([1, 2, 3, 4]));
    }

    [Fact, Covers("R16")]
    public void is_one_of_the_acts_of_a_history_that_shows_the_components_of_each_version_to_compare()
    {
        Given(Redeploy(P, 1));
        Then(picture => picture.Versions[P].Select(version => version.Manifest.Single(entry => entry.ComponentId == Child).Revision).ShouldBe([1, 2, 1]));
        Then(picture => picture.Components[Child].LatestRevision.ShouldBe(2));
    }
}
