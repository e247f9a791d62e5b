using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Attaching;

[Covers("#36")]
public sealed class Attaching_what_is_not_there : Situation
{
    public Attaching_what_is_not_there() => Given(Component(Map), Process(P), Atom(A), Atom(B), DeleteAtom(B));

    [Fact]
    public void refuses_an_unknown_process()
    {
        When(Attach(Nobody, A));
        Refused(RefusalCodes.UnknownProcess);
        Decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void refuses_what_is_not_a_process()
    {
        When(Attach(Map, A));
        Refused(RefusalCodes.NotAProcess);
    }

    [Fact]
    public void names_every_unknown_and_deleted_atom()
    {
        When(Attach(P, A, B, Nobody));
        Refused(RefusalCodes.UnknownAtom).Details.ShouldBeOfType<AtomsDetails>().AtomIds.ShouldBe([B, Nobody]);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AttachmentRefused>();
    }

    [Fact]
    public void refuses_a_deleted_process_and_keeps_the_attempt_in_its_history()
    {
        Given(Delete(P));
        When(Attach(P, A));
        Refused(RefusalCodes.ComponentDeleted);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AttachmentRefused>().Code.ShouldBe(RefusalCodes.ComponentDeleted);
        When(DeployAll(P, P));
        Refused(RefusalCodes.ComponentDeleted);
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DeploymentRefused>().ProcessId.ShouldBe(P);
    }

    [Fact]
    public void names_the_process_before_the_atom()
    {
        When(Attach(Nobody, Nobody));
        Refused(RefusalCodes.UnknownProcess);
        When(Detach(Map, Nobody));
        Refused(RefusalCodes.NotAProcess);
    }

    [Fact]
    public void is_the_same_for_every_command_to_a_process()
    {
        foreach (Command command in new Command[] { Attach(Nobody, A), Detach(Nobody, A), Deploy(Nobody), DeployAll(P, Nobody), Redeploy(Nobody, 1), Move(Nobody, [A], [A]) })
        {
            When(command);
            Refused(RefusalCodes.UnknownProcess);
        }

        foreach (Command command in new Command[] { Attach(Map, A), Detach(Map, A), Deploy(Map), DeployAll(P, Map), Redeploy(Map, 1), Move(Map, [A], [A]) })
        {
            When(command);
            Refused(RefusalCodes.NotAProcess);
        }

        Given(Delete(P));
        foreach (Command command in new Command[] { Attach(P, A), Detach(P, A), Deploy(P), DeployAll(P), Redeploy(P, 1), Move(P, [A], [A]) })
        {
            When(command);
            Refused(RefusalCodes.ComponentDeleted);
        }
    }
}
