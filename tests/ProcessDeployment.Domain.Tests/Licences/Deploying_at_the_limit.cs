using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Licences;

public sealed class Deploying_at_the_limit : Situation
{
    public Deploying_at_the_limit() => Given(
        Connection(Crm), Connection(Erp), Process(P, Crm), Process(Q, Erp), Atom(A), Purchase(1), Attach(P, A), Attach(Q, A));

    [Theory, Covers("#25"), InlineData(false), InlineData(true)]
    public void lets_exactly_one_of_two_processes_have_the_last_licence(bool otherFirst)
    {
        var (first, second) = otherFirst ? (Q, P) : (P, Q);
        Given(Deploy(first));
        When(Deploy(second));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Holders[0].ProcessIds.ShouldBe([first]);
    }

    [Fact, Covers("R31")]
    public void audits_updates_too_and_blocks_net_new_connections()
    {
        Given(Deploy(P), Process(P, Crm, Erp));
        When(Deploy(P));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().NetNew.ShouldBe([new(Erp, A)]);
    }

    [Fact, Covers("#23", "R32")]
    public void keeps_the_refusal_with_the_audit()
    {
        Given(Deploy(P));
        When(Deploy(Q));
        var attempt = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>();
        attempt.Details.ShouldBeOfType<LicenceExceededDetails>().Pools.ShouldHaveSingleItem().Needed.ShouldBe(1);
        Picture.Processes[Q].CurrentVersion.ShouldBeNull();
    }

    [Fact]
    public void lets_a_swap_pass_that_frees_what_it_takes()
    {
        Given(Deploy(P), Process(P, Erp));
        When(Deploy(P));
        Then<VersionDeployed>(version => (version.Audit.NetNew.Single().ComponentId, version.Audit.Freed.Single().ComponentId).ShouldBe((Erp, Crm)));
    }

    [Fact]
    public void counts_what_it_frees_as_available_when_it_is_still_too_much()
    {
        Given(Deploy(P), Connection(Ftp), Process(P, Erp, Ftp));
        When(Deploy(P));
        var pool = Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Pools.ShouldHaveSingleItem();
        (pool.Used, pool.Needed, pool.Available).ShouldBe((1, 2, 1));
    }

    [Fact, Covers("#54")]
    public void judges_each_pool_alone()
    {
        Given(Purchase(0, ConnectorClass.Enterprise), Deploy(P), Connection(Ftp, ConnectorClass.Enterprise), Process(P, Ftp));
        When(Deploy(P));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>()
            .Pools.ShouldHaveSingleItem().Class.ShouldBe(ConnectorClass.Enterprise);
    }

    [Fact]
    public void does_not_audit_a_pool_that_was_never_set()
    {
        Given(Connection(Ftp, ConnectorClass.TradingPartner), Process(P, Ftp));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Audit.Pools.ShouldBe([new(ConnectorClass.TradingPartner, Classification.Production, null, 0, 1)]));
        Then(picture => picture.Pool(ConnectorClass.TradingPartner).Purchased.ShouldBeNull());
        Then(picture => picture.Pool(ConnectorClass.TradingPartner).OverDeployed.ShouldBeFalse());
    }
}
