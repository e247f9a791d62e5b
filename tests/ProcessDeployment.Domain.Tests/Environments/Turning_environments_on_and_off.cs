using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Environments;

public sealed class Turning_environments_on_and_off : Situation
{
    public Turning_environments_on_and_off() => Given(Process(P), Process(Q), Atom(A), Atom(B), Environment(Dev, Classification.Test));

    [Fact]
    public void is_told_once()
    {
        When(UseEnvironments(true));
        Then(new EnvironmentsEnabled());
        When(UseEnvironments(true));
        Then();
        When(UseEnvironments(false));
        Then(new EnvironmentsDisabled());
        When(UseEnvironments(false));
        Then();
    }

    [Fact]
    public void is_refused_while_a_process_is_attached_to_an_atom_by_itself()
    {
        Given(Attach(P, A), Attach(Q, A, B), Detach(Q, A, B));
        When(UseEnvironments(true));
        Refused(RefusalCodes.EnvironmentsInUse).Details.ShouldBeOfType<InUseDetails>().AttachedProcessIds.ShouldBe([P]);
        Given(Detach(P, A), UseEnvironments(true));
    }

    [Fact]
    public void is_refused_while_anything_is_in_an_environment()
    {
        Given(UseEnvironments(true), AtomInto(Dev, A), ProcessInto(Dev, P));
        When(UseEnvironments(false));
        var inTheWay = Refused(RefusalCodes.EnvironmentsInUse).Details.ShouldBeOfType<InUseDetails>();
        (inTheWay.AttachedAtomIds.Single(), inTheWay.AttachedProcessIds.Single()).ShouldBe((A, P));
        Given(AtomOutOf(Dev, A));
        When(UseEnvironments(false));
        Refused(RefusalCodes.EnvironmentsInUse);
        Given(ProcessOutOf(Dev, P), UseEnvironments(false), Attach(P, A));
    }

    [Fact]
    public void decides_which_way_of_attaching_there_is()
    {
        foreach (Command command in new Command[] { AtomInto(Dev, A), ProcessInto(Dev, P), AtomOutOf(Dev, A), ProcessOutOf(Dev, P), Promote(P, 1, Dev), DeployTo(Dev, P) })
        {
            When(command);
            Refused(RefusalCodes.EnvironmentsDisabled);
        }

        Given(UseEnvironments(true));
        foreach (Command command in new Command[] { Attach(P, A), Detach(P, A), Move(P, [A], [B]) })
        {
            When(command);
            Refused(RefusalCodes.EnvironmentsEnabled);
        }
    }

    [Fact]
    public void lets_versions_of_before_be_promoted_and_those_of_environments_be_attached_after()
    {
        Given(Deploy(P), UseEnvironments(true), AtomInto(Dev, A), ProcessInto(Dev, P));
        Picture.Deployments[A].ShouldBeEmpty("what was deployed before is current in no environment");
        Given(Promote(P, 1, Dev));
        Picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(1);
        Given(DeployTo(Dev, P), ProcessOutOf(Dev, P), AtomOutOf(Dev, A), UseEnvironments(false), Attach(P, A));
        Picture.Deployments[A].ShouldHaveSingleItem().VersionNumber.ShouldBe(2);
    }
}
