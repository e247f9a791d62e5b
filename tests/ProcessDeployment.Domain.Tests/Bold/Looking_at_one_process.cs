using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Bold;

public sealed class Looking_at_one_process : Situation
{
    private ProcessItem Seen => Picture.Processes[P];

    public Looking_at_one_process() => Given(
        Connection(Crm), Component(Map).Saying("one"), Process(P, Map, Crm).Saying("one"), Atom(A), Attach(P, A));

    [Fact, Covers("#38")]
    public void never_deployed_is_bold()
    {
        Seen.Why.ShouldBe([("NeverDeployed", P)]);
        Seen.CurrentVersion.ShouldBeNull();
    }

    [Fact, Covers("R21")]
    public void just_deployed_is_plain()
    {
        When(Deploy(P));
        Seen.IsBold.ShouldBeFalse();
        Seen.Reasons.ShouldBeEmpty();
    }

    [Fact, Covers("R21")]
    public void with_a_revised_component_is_bold_and_says_who_and_when()
    {
        Given(Deploy(P));
        When(Component(Map).Saying("two") with { Actor = "lee@example.com", Name = "Prices" });
        Seen.Reasons.ShouldBe([new("Revised", Map, "Prices", 1, 2, "lee@example.com", World.At(World.Events.Count))]);
        Picture.Deployments[A].ShouldHaveSingleItem().RevisedSinceDeploy.ShouldBeTrue();
    }

    [Fact, Covers("#42")]
    public void saved_without_a_change_is_bold_but_identical()
    {
        Given(Deploy(P));
        When(Component(Map).Saying("one"));
        Seen.Why.ShouldBe([("RevisedButIdentical", Map)]);
    }

    [Fact, Covers("#43")]
    public void edited_and_reverted_is_bold_but_identical()
    {
        Given(Deploy(P), Component(Map).Saying("two"));
        Seen.Why.ShouldBe([("Revised", Map)]);
        When(Component(Map).Saying("one"));
        Seen.Why.ShouldBe([("RevisedButIdentical", Map)]);
    }

    [Fact, Covers("#46")]
    public void with_a_renamed_connection_is_bold()
    {
        Given(Deploy(P));
        When(Connection(Crm) with { Name = "New name" });
        Seen.Why.ShouldBe([("RevisedButIdentical", Crm)]);
    }

    [Fact, Covers("#47")]
    public void with_a_component_dropped_is_bold_through_its_referrer()
    {
        Given(Deploy(P));
        When(Process(P, Crm).Saying("without the map"));
        Seen.Why.ShouldBe([("Revised", P)]);
    }

    [Fact, Covers("#21")]
    public void rolled_back_stays_bold_and_says_so()
    {
        Given(Deploy(P), Component(Map).Saying("two"), Deploy(P));
        When(Redeploy(P, 1));
        Seen.Why.ShouldBe([("RolledBack", Map)]);
    }

    [Fact, Covers("#21")]
    public void revised_after_a_roll_back_is_revised()
    {
        Given(Deploy(P), Component(Map).Saying("two"), Deploy(P), Redeploy(P, 1));
        When(Component(Map).Saying("three"));
        Seen.Why.ShouldBe([("Revised", Map)]);
    }

    [Fact]
    public void with_a_deleted_component_is_bold_until_it_is_restored()
    {
        Given(Deploy(P), Component(Map).Saying("two"));
        When(Delete(Map) with { Actor = "lee@example.com" });
        Seen.Reasons.ShouldHaveSingleItem().Code.ShouldBe("ComponentDeleted");
        Seen.Reasons[0].By.ShouldBe("lee@example.com");
        When(Restore(Map));
        Seen.Why.ShouldBe([("Revised", Map)]);
    }

    [Fact, Covers("#7")]
    public void detached_everywhere_does_not_change()
    {
        Given(Deploy(P));
        When(Detach(P, A));
        Seen.IsBold.ShouldBeFalse();
    }

    [Fact]
    public void deleted_leaves_the_list()
    {
        When(Delete(P));
        Picture.Processes.Keys.ShouldNotContain(P);
    }
}
