using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Packages;

public sealed class Packaging_a_process : Situation
{
    public Packaging_a_process() => Given(
        Connection(Crm), Process(P, Crm), Atom(A), Atom(B), Purchase(1, test: 1), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, order: 2, name: "Live"),
        AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P), DeployTo(Dev, P));

    [Fact]
    public void makes_the_next_version_and_labels_it()
    {
        Given(Process(P, Crm).Saying("second"));
        When(Package(P, "  2026.11 ", "for Monday"));
        Decision.Events.Select(happened => happened.GetType()).ShouldBe([typeof(VersionDeployed), typeof(VersionLabelled)]);
        Then<VersionDeployed>(made =>
        {
            (made.VersionNumber, made.Note).ShouldBe((2, "for Monday"));
            made.Manifest.Select(entry => (entry.ComponentId, entry.Revision)).ShouldBe([(P, 2), (Crm, 1)]);
        });
        Then<VersionLabelled>(labelled => (labelled.ProcessId, labelled.VersionNumber, labelled.Label).ShouldBe((P, 2, "2026.11")));
    }

    [Fact]
    public void makes_nothing_current_anywhere()
    {
        When(Package(P, "2026.11"));
        Then<VersionDeployed>(made => made.Targets.ShouldBeEmpty());
        Decision.Warnings.ShouldBeEmpty();
        Picture.CurrentIn.ShouldBe([KeyValuePair.Create((P, Dev), 1)]);
        Account.Component(P)!.Deployment.VersionOn(A).ShouldBe(1);
        Account.Component(P)!.Deployment.VersionOn(B).ShouldBe(0);
        Picture.Deployments[B].ShouldBeEmpty();
    }

    [Fact]
    public void needs_no_licence()
    {
        Given(Purchase(0, test: 0), Connection(Erp), Process(P, Crm, Erp));
        When(Package(P, "2026.11"));
        Then<VersionDeployed>(made => (made.Audit.Mode, made.Audit.Pools.Count, made.Audit.NetNew.Count, made.Audit.Freed.Count).ShouldBe((LicenceEnforcement.Strict, 0, 0, 0)));
        Picture.Pool(ConnectorClass.Standard, Classification.Test).Used.ShouldBe(1);
        When(Promote(P, 2, Live));
        Refused(RefusalCodes.LicenceExceeded);
    }

    [Fact]
    public void makes_what_is_promoted_later()
    {
        Given(Package(P, "2026.11"), Promote(P, 2, Live));
        Picture.Deployments[B].ShouldHaveSingleItem().VersionNumber.ShouldBe(2);
        Picture.Versions[P][1].Label.ShouldBe("2026.11");
        Given(DeployTo(Dev, P));
        Picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(3);
    }

    [Fact, Covers("R21")]
    public void leaves_the_process_plain_until_something_in_it_is_revised()
    {
        Given(Process(P, Crm).Saying("second"), Package(P, "2026.11"));
        Picture.Processes[P].IsBold.ShouldBeFalse("bold compares with the highest version number");
        Given(Connection(Crm).Saying("second"));
        Picture.Processes[P].IsBold.ShouldBeTrue();
    }

    [Fact]
    public void that_was_never_deployed_makes_its_first_version()
    {
        Given(Process(Q));
        When(Package(Q, "2026.11"));
        Then<VersionDeployed>(made => made.VersionNumber.ShouldBe(1));
        Picture.Versions[Q].ShouldHaveSingleItem().Label.ShouldBe("2026.11");
    }

    [Fact, Covers("R19")]
    public void with_a_label_that_was_ever_used_is_refused()
    {
        Given(Package(P, "2026.11"), Withdraw(P, 2));
        When(Package(P, "2026.11 "));
        var refusal = Refused(RefusalCodes.LabelTaken);
        refusal.Message.ShouldBe("Version 2, which was withdrawn, has that label already, and none is used twice.");
        refusal.Details.ShouldBeOfType<PackageDetails>().PackageVersion.ShouldBe(2);
        Attempted(RefusalCodes.LabelTaken);
        Picture.Versions[P].Count.ShouldBe(2, "no number is consumed");
        Given(Process(Q), Package(Q, "2026.11"));
    }

    [Fact]
    public void while_environments_are_off_is_refused()
    {
        Given(ProcessOutOf(Dev, P), ProcessOutOf(Live, P), AtomOutOf(Dev, A), AtomOutOf(Live, B), UseEnvironments(false));
        When(Package(P, "2026.11"));
        Refused(RefusalCodes.EnvironmentsDisabled);
        Attempted(RefusalCodes.EnvironmentsDisabled);
    }

    [Fact]
    public void that_is_not_the_revision_one_saw_is_refused()
    {
        When(Package(P, "2026.11") with { ExpectedRevision = 7 });
        Refused(RefusalCodes.ExpectedRevision).Details.ShouldBe(new ExpectationDetails(7, 1));
        Attempted(RefusalCodes.ExpectedRevision);
        When(Package(P, "2026.11") with { ExpectedRevision = 1 });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void that_is_incomplete_or_no_process_is_refused()
    {
        Given(Process(Q, Map), Process(Child), Delete(Child));
        When(Package(Q, "2026.11"));
        Refused(RefusalCodes.MissingComponent);
        Attempted(RefusalCodes.MissingComponent);
        When(Package(Child, "2026.11"));
        Refused(RefusalCodes.ComponentDeleted);
        Attempted(RefusalCodes.ComponentDeleted);
        When(Package(Crm, "2026.11"));
        Refused(RefusalCodes.NotAProcess);
        When(Package(Nobody, "2026.11"));
        Refused(RefusalCodes.UnknownProcess);
        Decision.Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("   ", "must not be empty")]
    [InlineData("2026\n11", "must not contain control characters")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012345678901234567890", "must have at most 80 characters, it has 81")]
    public void with_a_label_of_the_wrong_form_is_malformed(string label, string rule)
    {
        (Package(P, label) with { Actor = World.Kim }).Check().ShouldBe([new MemberError("label", rule)]);
        (Label(P, 1, label) with { Actor = World.Kim }).Check().ShouldBe([new MemberError("label", rule)]);
    }

    private void Attempted(string code) => Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>().Code.ShouldBe(code);
}
