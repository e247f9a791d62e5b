using ProcessDeployment.Domain.Listeners;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Listeners;

/// <summary>P and Q listen on A, Child does not; P listens on B too.</summary>
public sealed class Pausing_listeners : Situation
{
    public Pausing_listeners() => Given(
        Process(P).Listening(), Process(Q).Listening(), Process(Child), Atom(A), Atom(B), Attach(P, A, B), Attach(Q, A), Attach(Child, A), Deploy(P), Deploy(Q), Deploy(Child));

    [Fact, Covers("R37")]
    public void of_one_process_lets_the_others_run()
    {
        When(Pause(A, P));
        Then(new ListenerPaused { ProcessId = P, AtomId = A });
        IsPaused(P, A).ShouldBeTrue();
        IsPaused(P, B).ShouldBeFalse();
        IsPaused(Q, A).ShouldBeFalse();
    }

    [Fact]
    public void of_all_leaves_out_what_does_not_listen_and_what_is_paused()
    {
        Given(Process(Grandchild).Listening(), Attach(Grandchild, A), Pause(A, P));
        When(Pause(A));
        Then(new ListenerPaused { ProcessId = Q, AtomId = A });
        When(Pause(A));
        Then();
        When(ResumeListening(A));
        Then(new ListenerResumed { ProcessId = P, AtomId = A }, new ListenerResumed { ProcessId = Q, AtomId = A });
    }

    [Fact]
    public void twice_changes_nothing()
    {
        Given(Pause(A, P));
        When(Pause(A, P));
        Then();
        Given(ResumeListening(A, P));
        When(ResumeListening(A, P));
        Then();
        When(ResumeListening(B));
        Then();
    }

    [Fact]
    public void is_over_with_a_restart_of_that_one()
    {
        Given(Pause(A, P));
        When(Restart(A));
        Then(new ListenerRestarted { ProcessId = Q, AtomId = A });
        When(Restart(A, P));
        Then(new ListenerRestarted { ProcessId = P, AtomId = A });
        IsPaused(P, A).ShouldBeFalse();
        When(Restart(A, P));
        Then(new ListenerRestarted { ProcessId = P, AtomId = A });
    }

    [Fact]
    public void is_over_with_a_detach()
    {
        Given(Pause(A, P), Detach(P, A), Attach(P, A));
        IsPaused(P, A).ShouldBeFalse();
        Given(Pause(A, P), Atom(C), Move(P, [A], [C]), Move(P, [C], [A]));
        IsPaused(P, A).ShouldBeFalse();
    }

    [Fact, Covers("R46")]
    public void is_over_with_a_version_that_does_not_listen()
    {
        Given(Pause(A, P), Process(P));
        When(Deploy(P));
        Decision.Events.Skip(1).ShouldBe([new ListenerResumed { ProcessId = P, AtomId = A }]);
        Given(Redeploy(P, 1));
        IsPaused(P, A).ShouldBeFalse();
    }

    [Fact]
    public void goes_on_with_a_version_that_listens_too()
    {
        Given(Pause(A, P), Process(P).Listening().Saying("second"));
        When(Deploy(P));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<VersionDeployed>();
        IsPaused(P, A).ShouldBeTrue();
    }

    [Fact]
    public void of_what_does_not_run_there_is_refused()
    {
        Given(Process(Grandchild).Listening(), Attach(Grandchild, A));
        foreach (var commands in new Func<Guid, Guid?, Command>[] { Pause, ResumeListening, Restart })
        {
            When(commands(A, Nobody));
            Refused(RefusalCodes.UnknownProcess);
            When(commands(Nobody, P));
            Refused(RefusalCodes.UnknownAtom);
            When(commands(Nobody, null));
            Refused(RefusalCodes.UnknownAtom);
            When(commands(B, Q));
            Refused(RefusalCodes.NotDeployed);
            When(commands(A, Grandchild));
            Refused(RefusalCodes.NotDeployed);
            When(commands(A, Child));
            Refused(RefusalCodes.NotAListener).Details.ShouldBeOfType<ProcessesDetails>().ProcessIds.ShouldBe([Child]);
            Decision.Events.ShouldBeEmpty();
        }

        Given(Connection(Crm));
        When(Pause(A, Crm));
        Refused(RefusalCodes.NotAProcess);
    }

    /// <summary>What was saved and not deployed yet listens nowhere.</summary>
    [Fact]
    public void goes_by_the_version_and_not_by_the_latest_revision()
    {
        Given(Process(P), Process(Child).Listening());
        When(Pause(A, Child));
        Refused(RefusalCodes.NotAListener);
        When(Pause(A, P));
        Then(new ListenerPaused { ProcessId = P, AtomId = A });
    }

    private bool IsPaused(Guid processId, Guid atomId) => Account.Attachments.GetValueOrDefault(new(processId, atomId))?.Paused is true;
}
