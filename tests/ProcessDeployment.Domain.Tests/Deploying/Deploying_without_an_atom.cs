using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Deploying_without_an_atom : Situation
{
    public Deploying_without_an_atom() => Given(Connection(Crm), Process(P, Crm), Atom(A), Purchase(0));

    [Fact, Covers("#16")]
    public void makes_a_version_with_an_empty_audit_and_a_warning()
    {
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Audit.NetNew.ShouldBeEmpty());
        Then<VersionDeployed>(version => version.Targets.ShouldHaveSingleItem().AtomIds.ShouldBeEmpty());
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("NoAttachedAtoms");
    }

    [Fact, Covers("#48")]
    public void uses_no_licence()
    {
        When(Deploy(P));
        Then(picture => picture.Pool(ConnectorClass.Standard).Used.ShouldBe(0));
    }

    [Fact, Covers("#16", "R31")]
    public void leaves_the_audit_to_the_attachment()
    {
        Given(Deploy(P));
        When(Attach(P, A));
        Refused(RefusalCodes.LicenceExceeded);
    }
}
