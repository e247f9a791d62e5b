using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Packages;

public sealed class Labelling_a_version : Situation
{
    public Labelling_a_version() => Given(Process(P), Deploy(P), Deploy(P), Label(P, 1, "2026.10"));

    [Fact]
    public void that_has_none_gives_it_one_for_ever()
    {
        When(Label(P, 2, " 2026.11 "));
        Then(new VersionLabelled { ProcessId = P, VersionNumber = 2, Label = "2026.11" });
        Picture.Versions[P].Select(version => version.Label).ShouldBe(["2026.10", "2026.11"]);
        When(Label(P, 2, "2026.12"));
        Refused(RefusalCodes.AlreadyLabelled).Details.ShouldBeOfType<PackageDetails>().Label.ShouldBe("2026.11");
    }

    [Fact]
    public void with_the_label_it_has_changes_nothing()
    {
        When(Label(P, 1, "2026.10 "));
        Then();
    }

    [Fact, Covers("R19")]
    public void with_the_label_of_another_is_refused()
    {
        When(Label(P, 2, "2026.10"));
        var refusal = Refused(RefusalCodes.LabelTaken);
        refusal.Message.ShouldBe("Version 1 has that label already, and none is used twice.");
        refusal.Details.ShouldBeOfType<PackageDetails>().PackageVersion.ShouldBe(1);
        Given(Label(P, 2, "2026.10a"), Process(Q), Deploy(Q), Label(Q, 1, "2026.10"));
    }

    [Fact]
    public void that_was_withdrawn_is_refused()
    {
        Given(Deploy(P), Withdraw(P, 2), Withdraw(P, 1));
        When(Label(P, 2, "2026.11"));
        Refused(RefusalCodes.VersionWithdrawn).Details.ShouldBeOfType<PackageDetails>().PackageVersion.ShouldBe(2);
        When(Label(P, 1, "2026.10"));
        Then();
    }

    [Fact]
    public void that_there_is_not_is_refused()
    {
        When(Label(P, 3, "2026.11"));
        Refused(RefusalCodes.NoSuchVersion).Details.ShouldBe(new ExpectationDetails(3, 2));
        When(Label(Nobody, 1, "2026.11"));
        Refused(RefusalCodes.UnknownProcess);
        Given(Connection(Crm));
        When(Label(Crm, 1, "2026.11"));
        Refused(RefusalCodes.NotAProcess);
        Decision.Events.ShouldBeEmpty();
    }
}
