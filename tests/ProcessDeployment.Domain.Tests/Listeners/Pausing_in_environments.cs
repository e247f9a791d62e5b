using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Listeners;

/// <summary>Version 1 of P listens and is in Live, version 2 does not and is in Dev.</summary>
public sealed class Pausing_in_environments : Situation
{
    public Pausing_in_environments() => Given(
        Process(P).Listening(), Atom(A), Atom(B), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1), Environment(Live, order: 2), AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P),
        DeployTo(Dev, P), Promote(P, 1, Live), Process(P), DeployTo(Dev, P));

    [Fact]
    public void goes_by_the_version_that_is_current_there()
    {
        When(Pause(A, P));
        Refused(RefusalCodes.NotAListener);
        When(Pause(B, P));
        Then(new ListenerPaused { ProcessId = P, AtomId = B });
    }

    [Fact]
    public void is_over_where_a_version_is_promoted_that_does_not_listen()
    {
        Given(Pause(B, P));
        When(Promote(P, 2, Live));
        Decision.Events.Skip(1).ShouldBe([new ListenerResumed { ProcessId = P, AtomId = B }]);
    }

    [Fact]
    public void goes_on_through_what_is_deployed_elsewhere_and_packaged()
    {
        Given(Pause(B, P));
        When(DeployTo(Dev, P));
        Decision.Events.ShouldHaveSingleItem();
        When(Package(P, "2026.11"));
        Decision.Events.OfType<ListenerResumed>().ShouldBeEmpty();
    }

    [Fact]
    public void is_over_when_the_atom_or_the_process_leaves()
    {
        Given(Pause(B, P), AtomInto(Dev, B), AtomInto(Live, B));
        Account.Attachments[new(P, B)]!.Paused.ShouldBeNull();
        Given(Pause(B, P), ProcessOutOf(Live, P), ProcessInto(Live, P));
        Account.Attachments[new(P, B)]!.Paused.ShouldBeNull();
    }
}
