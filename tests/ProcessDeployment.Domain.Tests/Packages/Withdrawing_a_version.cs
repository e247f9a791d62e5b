using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Packages;

/// <summary>Version 1 is in Live, version 2 in Dev, and version 3 in none.</summary>
public sealed class Withdrawing_a_version : Situation
{
    public Withdrawing_a_version() => Given(
        Process(P), Atom(A), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, order: 2, name: "Live"), AtomInto(Dev, A), ProcessInto(Dev, P), ProcessInto(Live, P),
        DeployTo(Dev, P), Promote(P, 1, Live), DeployTo(Dev, P), Package(P, "2026.11"));

    [Fact]
    public void that_is_current_nowhere_takes_it_out_of_use()
    {
        When(Withdraw(P, 3));
        Then(new VersionWithdrawn { ProcessId = P, VersionNumber = 3 });
        Picture.Versions[P].Select(version => version.Withdrawn).ShouldBe([false, false, true]);
        Picture.Versions[P][2].Label.ShouldBe("2026.11");
        When(Withdraw(P, 3));
        Then();
    }

    [Fact]
    public void lets_nobody_deploy_it_again_or_promote_it()
    {
        Given(Withdraw(P, 3));
        When(Promote(P, 3, Live));
        Refused(RefusalCodes.VersionWithdrawn).Details.ShouldBeOfType<PackageDetails>().Label.ShouldBe("2026.11");
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<PromotionRefused>().TargetVersion.ShouldBe(3);
        When(Redeploy(P, 3));
        Refused(RefusalCodes.VersionWithdrawn);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>().TargetVersion.ShouldBe(3);
        When(Deploy(P));
        Then<VersionDeployed>(deployed => (deployed.VersionNumber, deployed.IdenticalTo).ShouldBe((4, 3)));
    }

    [Fact]
    public void that_is_current_in_an_environment_is_refused()
    {
        When(Withdraw(P, 2));
        var refusal = Refused(RefusalCodes.VersionInUse);
        refusal.Message.ShouldBe("Version 2 is current in Dev.");
        refusal.Details.ShouldBeOfType<PackageDetails>().CurrentIn.ShouldBe([Dev]);
        Decision.Events.ShouldBeEmpty();
        Given(Promote(P, 2, Live));
        When(Withdraw(P, 2));
        Refused(RefusalCodes.VersionInUse).Message.ShouldBe("Version 2 is current in Dev, Live.");
        When(Withdraw(P, 1));
        Then<VersionWithdrawn>(withdrawn => withdrawn.VersionNumber.ShouldBe(1));
    }

    [Fact]
    public void that_is_current_where_the_process_is_not_attached_is_refused()
    {
        Given(ProcessOutOf(Live, P));
        When(Withdraw(P, 1));
        Refused(RefusalCodes.VersionInUse).Details.ShouldBeOfType<PackageDetails>().CurrentIn.ShouldBe([Live]);
        Given(DeleteEnvironment(Live));
        When(Withdraw(P, 1));
        Then<VersionWithdrawn>(withdrawn => withdrawn.VersionNumber.ShouldBe(1));
    }

    [Fact]
    public void that_is_the_current_one_while_environments_are_off_is_refused()
    {
        Off();
        When(Withdraw(P, 3));
        Refused(RefusalCodes.VersionInUse).Message.ShouldBe("Version 3 is the current one.");
        Given(Deploy(P));
        When(Withdraw(P, 3));
        Then<VersionWithdrawn>(withdrawn => withdrawn.VersionNumber.ShouldBe(3));
        When(Withdraw(P, 2));
        Refused(RefusalCodes.VersionInUse).Message.ShouldBe("Version 2 is current in Dev.");
    }

    /// <summary>Where environments are given up the latest version is the current one, and that may have been withdrawn while it was in none.</summary>
    [Fact]
    public void lets_no_atom_get_it_when_environments_are_given_up()
    {
        Given(Withdraw(P, 3));
        Off();
        When(Attach(P, A));
        Refused(RefusalCodes.VersionWithdrawn);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AttachmentRefused>().AtomIds.ShouldBe([A]);
        Given(Deploy(P), Attach(P, A));
        Picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(4);
    }

    [Fact]
    public void that_there_is_not_is_refused()
    {
        When(Withdraw(P, 4));
        Refused(RefusalCodes.NoSuchVersion).Details.ShouldBe(new ExpectationDetails(4, 3));
        When(Withdraw(Nobody, 1));
        Refused(RefusalCodes.UnknownProcess);
        Given(Process(Q), Delete(Q));
        When(Withdraw(Q, 1));
        Refused(RefusalCodes.ComponentDeleted);
    }

    private void Off() => Given(ProcessOutOf(Dev, P), ProcessOutOf(Live, P), AtomOutOf(Dev, A), UseEnvironments(false));
}
