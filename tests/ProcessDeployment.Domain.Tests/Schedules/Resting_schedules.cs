using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Schedules;

public sealed class Resting_schedules : Situation
{
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };

    public Resting_schedules() => Given(Process(P), Process(Q), Atom(A), Atom(B), Attach(P, A), Deploy(P), Attach(Q, A), Deploy(Q), Schedule(P, A, Hourly));

    private ScheduleState OfP => Account.Attachments[new(P, A)]!.Schedules!;

    [Fact]
    public void stopped_by_somebody_they_stay_so_until_somebody_resumes_them()
    {
        When(Stop(A, P));
        Then(new SchedulesStopped { ProcessId = P, AtomId = A });
        When(Stop(A, P));
        Then();
        Given(Deploy(P));
        OfP.Status.ShouldBe(ScheduleStatus.Stopped);
        When(Resume(A, P));
        Then(new SchedulesResumed { ProcessId = P, AtomId = A });
        When(Resume(A, P));
        Then();
    }

    [Fact]
    public void all_of_an_atom_are_stopped_and_resumed_at_once()
    {
        Given(Schedule(Q, A, Hourly));
        When(Stop(A));
        Then(new SchedulesStopped { ProcessId = P, AtomId = A }, new SchedulesStopped { ProcessId = Q, AtomId = A });
        Given(Resume(A, Q));
        When(Resume(A));
        Then(new SchedulesResumed { ProcessId = P, AtomId = A });
        When(Stop(Nobody));
        Refused(RefusalCodes.UnknownAtom);
    }

    [Fact, Covers("#9", "R6")]
    public void a_detach_suspends_them_and_says_which()
    {
        When(Detach(P, A));
        Then<AtomDetached>(detached => detached.Suspended.ShouldBe([new Suspension("schedule", "minutes 0 hours *", "Detached")]));
        (OfP.Status, OfP.SuspendedFor, OfP.Schedules.Length).ShouldBe((ScheduleStatus.Suspended, SuspensionReason.Detached, 1));
    }

    [Fact, Covers("#9")]
    public void attached_again_they_stay_suspended_and_the_answer_says_so()
    {
        Given(Detach(P, A));
        When(Attach(P, A));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<AtomAttached>();
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("SchedulesSuspended");
        OfP.Status.ShouldBe(ScheduleStatus.Suspended);
        When(Resume(A, P));
        Then(new SchedulesResumed { ProcessId = P, AtomId = A });
    }

    [Fact, Covers("#9")]
    public void attached_again_they_are_resumed_when_that_is_asked_for()
    {
        Given(Detach(P, A));
        When(Attach(P, A) with { ResumeSchedules = true });
        Decision.Events.Select(e => e.GetType()).ShouldBe([typeof(AtomAttached), typeof(SchedulesResumed)]);
        Decision.Warnings.ShouldBeEmpty();
        OfP.AreAtWork().ShouldBeTrue();
    }

    [Fact]
    public void what_somebody_stopped_is_not_resumed_by_attaching()
    {
        Given(Stop(A, P));
        When(Detach(P, A));
        Then<AtomDetached>(detached => detached.Suspended.ShouldBeEmpty());
        Given(Attach(P, A) with { ResumeSchedules = true });
        OfP.Status.ShouldBe(ScheduleStatus.Stopped);
    }

    [Fact, Covers("R46", "#34")]
    public void a_version_that_starts_on_requests_suspends_them_and_the_answer_says_so()
    {
        Given(Process(P).Listening());
        When(Deploy(P));
        Decision.Events.Select(e => e.GetType()).ShouldBe([typeof(VersionDeployed), typeof(SchedulesSuspended)]);
        Decision.Events[1].ShouldBe(new SchedulesSuspended { ProcessId = P, AtomId = A, SuspendedFor = SuspensionReason.StartStepChanged, Count = 1 });
        Decision.Warnings.ShouldContain(warning => warning.Code == "SchedulesSuspended");
        When(Resume(A, P));
        Refused(RefusalCodes.ListenerProcess);
        When(Resume(A));
        Then();
    }

    [Fact, Covers("R46", "#34")]
    public void they_may_be_resumed_once_a_version_can_be_scheduled_again()
    {
        Given(Process(P).Listening(), Deploy(P), Redeploy(P, 1));
        OfP.SuspendedFor.ShouldBe(SuspensionReason.StartStepChanged);
        When(Resume(A, P));
        Then(new SchedulesResumed { ProcessId = P, AtomId = A });
    }

    [Theory, Covers("R46")]
    [InlineData("several")]
    [InlineData("again")]
    public void every_way_to_deploy_suspends_them(string how)
    {
        Given(Process(P).Listening(), Deploy(P), Process(P), Deploy(P), Resume(A, P));
        if (how == "several")
        {
            Given(Process(P).Listening());
            When(DeployAll(Q, P));
        }
        else When(Redeploy(P, 2));
        Decision.Events.OfType<SchedulesSuspended>().ShouldHaveSingleItem();
    }

    [Fact]
    public void set_while_they_rest_they_go_on_resting_and_the_answer_says_so()
    {
        Given(Stop(A, P));
        When(Schedule(P, A, Hourly, Hourly with { Minutes = "30" }));
        Then<SchedulesSet>(set => set.Status.ShouldBe(ScheduleStatus.Stopped));
        Decision.Warnings.ShouldHaveSingleItem().Code.ShouldBe("SchedulesNotAtWork");
    }

    [Fact, Covers("#9", "#14")]
    public void a_move_and_the_end_of_an_atom_suspend_them_too()
    {
        When(Move(P, [A], [B]));
        Decision.Events.OfType<AtomDetached>().Single().Suspended.Count.ShouldBe(1);
        Given(Schedule(P, B, Hourly));
        When(DeleteAtom(B, force: true));
        Decision.Events.OfType<AtomDetached>().Single().Suspended.Count.ShouldBe(1);
    }
}
