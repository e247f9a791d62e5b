using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Environments;

public sealed class Deploying_into_environments : Situation
{
    public Deploying_into_environments() => Given(
        Connection(Crm), Connection(Erp), Process(P, Crm), Atom(A), Atom(B), UseEnvironments(true), Environment(Live, order: 2, name: "Live"), Environment(Dev, Classification.Test, order: 1, name: "Dev"),
        AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P));

    private IEnumerable<(Guid, int)> Running => Picture.Deployments.Values.SelectMany(on => on).Select(deployment => (deployment.AtomId, deployment.VersionNumber)).Order();

    [Fact, Covers("R56", "R14")]
    public void makes_the_version_current_there_and_nowhere_else()
    {
        When(DeployTo(Live, P));
        Then<VersionDeployed>(deployed =>
        {
            var target = deployed.Targets.ShouldHaveSingleItem();
            (target.EnvironmentId, target.AtomIds.Single()).ShouldBe((Live, B));
        });
        Running.ShouldBe([(B, 1)]);
    }

    [Fact, Covers("R56")]
    public void goes_to_the_first_in_order_when_none_is_named()
    {
        When(Deploy(P));
        Then<VersionDeployed>(deployed => deployed.Targets.ShouldHaveSingleItem().EnvironmentId.ShouldBe(Dev));
        Given(Update(Dev, order: 3));
        When(Redeploy(P, 1));
        Then<VersionDeployed>(deployed => deployed.Targets.ShouldHaveSingleItem().EnvironmentId.ShouldBe(Live));
    }

    [Fact, Covers("R56", "R11")]
    public void numbers_versions_through_all_environments()
    {
        Given(DeployTo(Dev, P), DeployTo(Live, P), DeployTo(Dev, P), Redeploy(P, 1) with { EnvironmentId = Live });
        Picture.Versions[P].Select(version => version.VersionNumber).ShouldBe([1, 2, 3, 4]);
        Running.ShouldBe([(A, 3), (B, 4)]);
        Picture.Processes[P].CurrentVersion.ShouldBe(4, "bold compares with the highest number");
    }

    [Fact]
    public void that_do_not_exist_is_refused()
    {
        When(DeployTo(Nobody, P));
        Refused(RefusalCodes.UnknownEnvironment);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>();
    }

    [Fact]
    public void where_there_is_none_is_refused()
    {
        Given(AtomOutOf(Dev, A), AtomOutOf(Live, B), ProcessOutOf(Dev, P), ProcessOutOf(Live, P), DeleteEnvironment(Dev), DeleteEnvironment(Live));
        When(Deploy(P));
        Refused(RefusalCodes.UnknownEnvironment);
    }

    [Fact, Covers("#16")]
    public void that_the_process_is_not_attached_to_makes_a_version_that_runs_nowhere_yet()
    {
        Given(ProcessOutOf(Live, P));
        When(DeployTo(Live, P));
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("NoAttachedAtoms");
        When(ProcessInto(Live, P));
        Then<AtomAttached>(attached => attached.EffectiveVersion.ShouldBe(1));
    }

    [Fact, Covers("R34", "R28")]
    public void counts_what_is_current_in_each_with_its_own_pools()
    {
        Given(DeployTo(Live, P), Process(P, Erp), DeployTo(Dev, P));
        Picture.Pool(ConnectorClass.Standard).Connections.Select(used => (used.ComponentId, used.AtomId)).ShouldBe([(Crm, B)]);
        Picture.Pool(ConnectorClass.Standard, Classification.Test).Connections.Select(used => (used.ComponentId, used.AtomId)).ShouldBe([(Erp, A)]);
    }

    [Fact, Covers("R34")]
    public void is_judged_by_the_classification()
    {
        Given(Purchase(0, test: 1));
        When(DeployTo(Live, P));
        Refused(RefusalCodes.LicenceExceeded).Details.ShouldBeOfType<LicenceExceededDetails>().Pools.ShouldHaveSingleItem().Classification.ShouldBe(Classification.Production);
        When(DeployTo(Dev, P));
        Then<VersionDeployed>(deployed => deployed.Audit.Pools.ShouldHaveSingleItem().Classification.ShouldBe(Classification.Test));
    }

    [Fact, Covers("#17", "#24")]
    public void compares_what_is_expected_with_what_is_current_there()
    {
        Given(DeployTo(Dev, P));
        When(DeployTo(Dev, P) with { OnlyIfChanged = true });
        Refused(RefusalCodes.NothingChanged);
        When(DeployTo(Live, P) with { ExpectedVersion = 1 });
        Refused(RefusalCodes.ExpectedVersion).Details.ShouldBe(new ExpectationDetails(1, 0));
        When(DeployTo(Live, P) with { OnlyIfChanged = true, ExpectedVersion = 0 });
        Then<VersionDeployed>(deployed => deployed.VersionNumber.ShouldBe(2));
    }

    [Fact]
    public void several_at_once_goes_to_one_environment()
    {
        Given(Process(Q, Erp), ProcessInto(Live, Q));
        When(DeployAll(P, Q) with { EnvironmentId = Live });
        Decision.Events.OfType<VersionDeployed>().ShouldAllBe(deployed => deployed.Targets.Single().EnvironmentId == Live && deployed.Audit.NetNew.Count == 1);
        Decision.Events.Count.ShouldBe(2);
    }

    [Fact, Covers("R15")]
    public void lets_an_atom_acknowledge_only_where_something_runs()
    {
        Given(DeployTo(Live, P));
        var digest = World.Events.Select(recorded => recorded.Event).OfType<VersionDeployed>().Single().Digest;
        When(Downloaded(P, A, 1, digest));
        Refused(RefusalCodes.NotDeployed);
        When(Downloaded(P, B, 1, digest));
        Then<Domain.Attachments.VersionDownloaded>(downloaded => downloaded.VersionNumber.ShouldBe(1));
    }
}
