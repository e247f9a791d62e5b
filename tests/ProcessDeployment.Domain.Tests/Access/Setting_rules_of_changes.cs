using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Setting_rules_of_changes : Acting
{
    [Fact]
    public void changes_what_is_named_and_says_them_all()
    {
        When(new SetChangeRules { ReasonRequired = ReasonRule.Production });
        Then(new ChangeRulesSet { ReasonRequired = ReasonRule.Production, ReviserMayNotDeploy = false, ProductionAfterTest = false, SignedOnly = false });
        When(new SetChangeRules { ReviserMayNotDeploy = true, SignedOnly = true });
        Then(new ChangeRulesSet { ReasonRequired = ReasonRule.Production, ReviserMayNotDeploy = true, ProductionAfterTest = false, SignedOnly = true });
        When(new SetChangeRules { ReasonRequired = ReasonRule.Never, ReviserMayNotDeploy = false, SignedOnly = false });
        Then(new ChangeRulesSet { ReasonRequired = ReasonRule.Never, ReviserMayNotDeploy = false, ProductionAfterTest = false, SignedOnly = false });
    }

    [Fact]
    public void to_what_they_are_changes_nothing()
    {
        When(new SetChangeRules { ProductionAfterTest = false });
        Then();
    }

    [Fact]
    public void that_names_none_is_malformed() => new SetChangeRules().Check().ShouldHaveSingleItem();

    [Fact]
    public void is_never_in_its_own_way()
    {
        Given(new SetChangeRules { ReasonRequired = ReasonRule.Always, ReviserMayNotDeploy = true, ProductionAfterTest = true }, Frozen("2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z"));
        By(Authority.OfActor);
        When(new SetChangeRules { ReasonRequired = ReasonRule.Never });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        When(new LiftFreeze { FreezeId = Freeze });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }
}
