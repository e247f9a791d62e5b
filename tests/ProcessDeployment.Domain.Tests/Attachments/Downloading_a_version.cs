using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Attachments;

public sealed class Downloading_a_version : Situation
{
    public Downloading_a_version() => Given(Process(P), Atom(A), Atom(B), Attach(P, A), Deploy(P));

    private string Digest => World.Events.Select(recorded => recorded.Event).OfType<VersionDeployed>().Last().Digest;

    [Fact, Covers("R15")]
    public void is_acknowledged_by_the_atom()
    {
        When(Downloaded(P, A, 1, Digest));
        Then(new VersionDownloaded { ProcessId = P, AtomId = A, VersionNumber = 1, Digest = Digest });
    }

    [Fact, Covers("R15")]
    public void and_saying_so_again_changes_nothing()
    {
        Given(Downloaded(P, A, 1, Digest));
        When(Downloaded(P, A, 1, Digest));
        Then();
    }

    [Fact]
    public void with_another_digest_is_refused_with_both()
    {
        When(Downloaded(P, A, 1, new('0', 64)));
        Refused(RefusalCodes.DigestMismatch);
        Decision.Refusal!.Details.ShouldBe(new DigestDetails(Digest, new('0', 64)));
    }

    [Fact]
    public void that_does_not_exist_is_refused()
    {
        When(Downloaded(P, A, 2, Digest));
        Refused(RefusalCodes.NoSuchVersion);
    }

    [Fact]
    public void to_an_atom_it_is_not_attached_to_is_refused()
    {
        When(Downloaded(P, B, 1, Digest));
        Refused(RefusalCodes.NotDeployed);
    }

    [Fact]
    public void before_anything_was_deployed_is_refused()
    {
        Given(Process(Q), Attach(Q, A));
        When(Downloaded(Q, A, 1, Digest));
        Refused(RefusalCodes.NotDeployed);
    }

    [Fact]
    public void that_fails_says_with_which_version_the_atom_goes_on()
    {
        Given(Downloaded(P, A, 1, Digest), Deploy(P));
        When(NotDownloaded(P, A, 2, Digest, "disk full"));
        Then(new DownloadFailed { ProcessId = P, AtomId = A, VersionNumber = 2, Digest = Digest, AcknowledgedVersion = 1, Message = "disk full" });
    }

    [Fact]
    public void that_fails_the_same_way_again_changes_nothing()
    {
        Given(NotDownloaded(P, A, 1, Digest, "disk full"));
        When(NotDownloaded(P, A, 1, Digest, "disk full"));
        Then();
        When(NotDownloaded(P, A, 1, Digest, "no route"));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DownloadFailed>().Message.ShouldBe("no route");
    }

    [Fact]
    public void after_a_failure_is_told_although_the_version_was_acknowledged_before()
    {
        Given(Downloaded(P, A, 1, Digest), NotDownloaded(P, A, 1, Digest, "altered on disk"));
        When(Downloaded(P, A, 1, Digest));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<VersionDownloaded>();
    }

    [Theory]
    [InlineData("detached")]
    [InlineData("moved")]
    public void is_told_anew_once_it_was_away_and_attached_again(string how)
    {
        Given(Downloaded(P, A, 1, Digest));
        if (how == "detached") Given(Detach(P, A), Attach(P, A));
        else Given(Move(P, [A], [B]), Move(P, [B], [A]));
        When(Downloaded(P, A, 1, Digest));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<VersionDownloaded>();
    }
}
