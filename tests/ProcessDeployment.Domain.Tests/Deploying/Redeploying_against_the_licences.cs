using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Redeploying_against_the_licences : Situation
{
    public Redeploying_against_the_licences() => Given(
        Connection(Crm), Connection(Erp), Process(P, Crm), Process(Q, Erp), Atom(A), Purchase(1), Attach(P, A), Deploy(P),
        Process(P), Deploy(P), Attach(Q, A), Deploy(Q));

    [Fact, Covers("#22")]
    public void is_refused_in_strict_mode_and_names_the_blockers()
    {
        When(Redeploy(P, 1));
        var details = Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>();
        var blocker = details.Holders.ShouldHaveSingleItem();
        (blocker.ComponentId, blocker.AtomId).ShouldBe((Erp, A));
        blocker.ProcessIds.ShouldBe([Q]);
    }

    [Fact, Covers("#22")]
    public void is_allowed_in_tolerant_mode_and_says_by_how_much()
    {
        Given(Enforce(LicenceEnforcement.Tolerant));
        When(Redeploy(P, 1));
        Then<VersionDeployed>(version => version.Audit.Mode.ShouldBe(LicenceEnforcement.Tolerant));
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("OverDeployed");
        Decision.Warnings[0].Message.ShouldContain("exceeded by 1");
    }
}
