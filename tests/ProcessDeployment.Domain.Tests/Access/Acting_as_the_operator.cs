using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Acting_as_the_operator : Acting
{
    public Acting_as_the_operator()
    {
        Given(Process(P), Process(Q) with { Actor = Lee }, Member(Lee, "administrator"));
        By(Authority.Operator);
    }

    [Fact]
    public void is_asked_for_no_role()
    {
        When(Purchase(1));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        When(Member(Kim, "administrator"));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void keeps_the_rules_of_changes_nevertheless()
    {
        Given(new SetChangeRules { ReasonRequired = ReasonRule.Always, ReviserMayNotDeploy = true });
        When(Deploy(Q));
        Denied(RefusalCodes.ReasonRequired);
        When(Deploy(P) with { Actor = Kim, Reason = "Go live" });
        Denied(RefusalCodes.ReviserDeploys);
        When(Deploy(Q) with { Reason = "Go live" });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        Given(Frozen("2026-11-01T00:00:00Z", "2027-01-02T00:00:00Z"));
        When(Deploy(Q) with { Reason = "Go live" });
        Denied(RefusalCodes.Frozen);
    }

    [Fact]
    public void heals_an_account_whose_members_cannot()
    {
        Given(new MemberRemoved { Member = Lee }, new MemberSet { Member = Kim, Roles = [new("viewer")] });
        When(Member(Ana, "administrator"));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }
}
