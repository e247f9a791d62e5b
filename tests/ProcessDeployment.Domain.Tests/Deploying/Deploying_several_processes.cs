using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Deploying_several_processes : Situation
{
    public Deploying_several_processes() => Given(
        Connection(Crm), Connection(Erp), Process(P, Crm), Process(Q, Crm), Atom(A), Purchase(1), Attach(P, A), Attach(Q, A));

    [Fact]
    public void makes_one_version_of_each_in_one_step()
    {
        When(DeployAll(P, Q, P));
        Decision.Events.Cast<VersionDeployed>().Select(version => (version.ProcessId, version.VersionNumber)).ShouldBe([(P, 1), (Q, 1)]);
    }

    [Fact, Covers("R28")]
    public void audits_the_final_state()
    {
        Given(DeployAll(P, Q), Process(P, Erp), Process(Q, Erp));
        When(Deploy(P));
        Refused(RefusalCodes.LicenceExceeded);
        When(DeployAll(P, Q));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        Then(picture => picture.Pool(ConnectorClass.Standard).Connections.ShouldHaveSingleItem().ComponentId.ShouldBe(Erp));
    }

    [Fact]
    public void keeps_an_attempt_for_each_when_licences_are_missing()
    {
        Given(Process(Q, Erp));
        When(DeployAll(P, Q));
        Refused(RefusalCodes.LicenceExceeded);
        Decision.Events.Cast<DeploymentRefused>().Select(attempt => attempt.ProcessId).ShouldBe([P, Q]);
    }

    [Fact]
    public void says_in_each_event_only_the_pairs_of_its_process()
    {
        Given(Purchase(2), Process(Q, Erp));
        When(DeployAll(P, Q));
        Decision.Events.Cast<VersionDeployed>().Select(version => version.Audit.NetNew.Single().ComponentId).ShouldBe([Crm, Erp]);
        Decision.Events.Cast<VersionDeployed>().ShouldAllBe(version => version.Audit.Pools.Single().UsedAfter == 2);
    }
}
