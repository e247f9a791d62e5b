using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Licences;

public sealed class Using_more_than_was_purchased : Situation
{
    private readonly Guid[] _connections = [.. Enumerable.Range(50, 6).Select(Id)];

    public Using_more_than_was_purchased()
    {
        Given([.. _connections.Select(id => Connection(id))]);
        Given(Process(P, _connections[..2]), Atom(A), Atom(B), Purchase(2), Attach(P, A), Deploy(P));
    }

    [Fact, Covers("#55")]
    public void by_lowering_the_purchase_stops_nothing()
    {
        When(Purchase(1));
        Then(new LicencesPurchased { Class = ConnectorClass.Standard, Production = 1 });
        Then(picture => picture.Deployments[A].Count.ShouldBe(1));
        Then(picture => picture.Pool(ConnectorClass.Standard).OverDeployed.ShouldBeTrue());
        Then(picture => picture.Pool(ConnectorClass.Standard).Available.ShouldBe(-1));
    }

    [Fact, Covers("#55", "R31")]
    public void blocks_net_new_connections()
    {
        Given(Purchase(1), Process(P, _connections[..3]));
        When(Deploy(P));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Pools[0].Available.ShouldBe(0);
        When(Attach(P, B));
        Refused(RefusalCodes.LicenceExceeded);
    }

    [Fact, Covers("#53")]
    public void lets_pass_what_adds_no_connection()
    {
        Given(Purchase(1), Process(P, _connections[..2]).Saying("two"));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.VersionNumber.ShouldBe(2));
        Decision.Warnings.ShouldBeEmpty();
    }

    [Fact, Covers("R32")]
    public void tolerates_five_times_the_purchase_when_told_to_and_says_so()
    {
        Given(Purchase(1), Enforce(LicenceEnforcement.Tolerant), Process(P, _connections[..5]));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.Audit.Pools.ShouldHaveSingleItem().UsedAfter.ShouldBe(5));
        Decision.Warnings.ShouldHaveSingleItem().Message.ShouldContain("exceeded by 4");
        Then(picture => picture.Pool(ConnectorClass.Standard).OverDeployed.ShouldBeTrue());
    }

    [Fact, Covers("R32")]
    public void refuses_beyond_five_times_the_purchase()
    {
        Given(Purchase(1), Enforce(LicenceEnforcement.Tolerant), Process(P, _connections));
        When(Deploy(P));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>()
            .Pools.ShouldBe([new(ConnectorClass.Standard, Classification.Production, Purchased: 1, Used: 2, Needed: 4, Available: 3)]);
    }

    [Fact, Covers("R32")]
    public void tolerates_nothing_of_a_pool_of_none()
    {
        Given(Purchase(0), Enforce(LicenceEnforcement.Tolerant));
        When(Attach(P, B));
        Refused(RefusalCodes.LicenceExceeded);
    }

    [Fact, Covers("R32")]
    public void is_refused_again_once_enforcement_is_strict()
    {
        Given(Purchase(1), Enforce(LicenceEnforcement.Tolerant), Enforce(LicenceEnforcement.Strict));
        When(Attach(P, B));
        Refused(RefusalCodes.LicenceExceeded);
    }
}
