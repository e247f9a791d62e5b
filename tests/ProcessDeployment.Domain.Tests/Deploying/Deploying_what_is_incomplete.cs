using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Deploying_what_is_incomplete : Situation
{
    public Deploying_what_is_incomplete() => Given(Component(Map), Process(Child, Map), Process(P, Child), Process(Q), Deploy(P));

    [Fact, Covers("#27")]
    public void names_the_path_to_a_deleted_component()
    {
        Given(Delete(Map));
        When(Deploy(P));
        Refused(RefusalCodes.MissingComponent).Details.ShouldBeOfType<PathDetails>().Path.ShouldBe([P, Child, Map]);
    }

    [Fact, Covers("#27")]
    public void names_the_path_to_a_component_that_was_never_saved()
    {
        Given(Process(Child, Map, Nobody));
        When(Deploy(P));
        Refused(RefusalCodes.MissingComponent).Details.ShouldBeOfType<PathDetails>().Path.ShouldBe([P, Child, Nobody]);
    }

    [Fact, Covers("#23")]
    public void consumes_no_version_number_and_keeps_the_attempt()
    {
        Given(Delete(Map));
        When(Deploy(P, "try"));
        var attempt = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>();
        (attempt.Code, attempt.Note).ShouldBe((RefusalCodes.MissingComponent, "try"));
        Given(Restore(Map));
        When(Deploy(P));
        Then<VersionDeployed>(version => version.VersionNumber.ShouldBe(2));
    }

    [Fact]
    public void names_the_process_among_several_and_deploys_none()
    {
        Given(Delete(Map));
        When(DeployAll(Q, P));
        Refused(RefusalCodes.MissingComponent).Message.ShouldContain("process 1");
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>().ProcessId.ShouldBe(P);
        Then(picture => picture.Processes[Q].CurrentVersion.ShouldBeNull());
    }

    [Fact]
    public void names_the_first_reason_of_several_in_the_order_of_the_contract()
    {
        Given(Delete(Q));
        When(DeployAll(Q, Map, Nobody, Map));
        Refused(RefusalCodes.UnknownProcess).Details.ShouldBeOfType<ProcessesDetails>().ProcessIds.ShouldBe([Nobody]);
        When(DeployAll(Q, Map));
        Refused(RefusalCodes.NotAProcess);
    }

    [Fact]
    public void names_what_is_missing_before_licences_and_expectations()
    {
        Given(Connection(Crm), Process(Q, Crm), Atom(A), Attach(Q, A), Purchase(0));
        When(Deploy(Q) with { ExpectedRevision = 9, ExpectedVersion = 9 });
        Refused(RefusalCodes.LicenceExceeded);
        Given(Delete(Crm));
        When(Deploy(Q) with { ExpectedRevision = 9, ExpectedVersion = 9 });
        Refused(RefusalCodes.MissingComponent);
        Given(Restore(Crm), Purchase(1));
        When(Deploy(Q) with { ExpectedRevision = 9, ExpectedVersion = 9 });
        Refused(RefusalCodes.ExpectedRevision);
        When(Deploy(Q) with { ExpectedVersion = 9, OnlyIfChanged = true });
        Refused(RefusalCodes.ExpectedVersion);
    }

    [Fact]
    public void names_no_environment_while_there_are_none()
    {
        When(Deploy(P) with { EnvironmentId = Nobody });
        Refused(RefusalCodes.EnvironmentsDisabled);
    }
}
