using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Deploying_a_process_with_two_atoms : Situation
{
    public Deploying_a_process_with_two_atoms() =>
        Given(Connection(Crm), Component(Map), Component(Map).Saying("second"), Process(P, Crm, Map), Atom(A), Atom(B), Attach(P, A, B));

    [Fact, Covers("R14")]
    public void lists_the_version_on_both_atoms()
    {
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Targets.ShouldHaveSingleItem().AtomIds.ShouldBe([A, B]));
        Then(picture => picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(1));
        Then(picture => picture.Deployments[B].ShouldHaveSingleItem().VersionNumber.ShouldBe(1));
    }

    [Fact, Covers("R9")]
    public void pins_the_newest_revision_of_everything_in_the_closure()
    {
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Manifest.Select(entry => (entry.ComponentId, entry.Revision)).ShouldBe([(P, 1), (Map, 2), (Crm, 1)]));
    }

    [Fact, Covers("R15")]
    public void shows_the_version_in_the_history()
    {
        When(Deploy(P));
        Then(picture => picture.Versions[P].ShouldHaveSingleItem().Current.ShouldBeTrue());
    }

    [Fact, Covers("R13")]
    public void records_note_author_and_time()
    {
        When(Deploy(P, "go-live") with { Actor = "lee@example.com" });
        Then(picture => picture.Versions[P][0].Note.ShouldBe("go-live"));
        Then(picture => picture.Versions[P][0].DeployedBy.ShouldBe("lee@example.com"));
        Then(picture => picture.Processes[P].DeployedAt.ShouldBe(World.At(World.Events.Count)));
    }

    [Fact, Covers("R13", "#32")]
    public void needs_no_note()
    {
        When(Deploy(P, " \u0007 "));
        Then<VersionDeployed>(version => version.Note.ShouldBeNull());
    }

    [Fact, Covers("#32")]
    public void trims_the_note_and_takes_control_characters_out()
    {
        When(Deploy(P, "  fixes\u0000 the\u001b rounding \n of prices\t"));
        Then<VersionDeployed>(version => version.Note.ShouldBe("fixes the rounding \n of prices"));
    }

    [Fact, Covers("#32")]
    public void takes_no_note_above_2000_characters()
    {
        Deploy(P, new string('x', 2001)).Check().ShouldHaveSingleItem().Member.ShouldBe("note");
        Deploy(P, new string('x', 2000)).Check().ShouldBeEmpty();
    }

    [Fact]
    public void names_the_manifest_by_its_lines()
    {
        When(Deploy(P));
        string Sha(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        var (first, second) = (Sha("first"), Sha("second"));
        Then<VersionDeployed>(version => version.Digest.ShouldBe(Sha(
            $"{P}:process:1:{first}\n{Map}:transform.map:2:{second}\n{Crm}:connector-settings:1:{first}\n")));
        Then<VersionDeployed>(version => version.ContentDigest.ShouldBe(Sha(
            $"{P}:process:{first}\n{Map}:transform.map:{second}\n{Crm}:connector-settings:{first}\n")));
    }

    [Fact, Covers("#26")]
    public void and_saving_later_leaves_the_version_as_it_was()
    {
        Given(Deploy(P));
        When(Component(Map).Saying("third"));
        Then(picture => picture.Versions[P][0].Manifest.Single(entry => entry.ComponentId == Map).Revision.ShouldBe(2));
        Then(picture => picture.Processes[P].Why.ShouldBe([("Revised", Map)]));
    }
}
