using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Schedules;

public sealed class Running_on_schedule : Situation
{
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };
    private static readonly DateTimeOffset Six = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    public Running_on_schedule() => Given(Process(P), Atom(A), Tell(A, AtomStatus.Online), Attach(P, A), Deploy(P), Deploy(P), Schedule(P, A, Hourly));

    [Fact, Covers("#33")]
    public void asks_the_atom_for_the_version_that_is_current_then()
    {
        var id = World.Next.CommandId;
        When(Due(P, A, Six));
        Then(new ExecutionRequested { ExecutionId = id, ProcessId = P, AtomId = A, Kind = ExecutionKind.Scheduled, VersionNumber = 2, Properties = [], DueAt = Six });
    }

    [Theory, Covers("#64", "R47")]
    [InlineData(AtomStatus.Offline)]
    [InlineData(AtomStatus.Unknown)]
    public void is_missed_while_the_atom_is_away(AtomStatus status)
    {
        Given(Tell(A, status));
        When(Due(P, A, Six));
        Then(new RunsMissed { ProcessId = P, AtomId = A, Count = 1, FirstDueAt = Six, LastDueAt = Six, MissedFor = MissedReason.AtomOffline });
    }

    [Fact, Covers("#64", "R47")]
    public void tells_what_was_missed_before_in_one_event_and_makes_the_last_only()
    {
        When(Due(P, A, Six.AddHours(3)) with { Missed = new(3, Six, Six.AddHours(2), MissedReason.EngineAway) });
        Decision.Events.Count.ShouldBe(2);
        Decision.Events[0].ShouldBe(new RunsMissed { ProcessId = P, AtomId = A, Count = 3, FirstDueAt = Six, LastDueAt = Six.AddHours(2), MissedFor = MissedReason.EngineAway });
        Decision.Events[1].ShouldBeOfType<ExecutionRequested>().DueAt.ShouldBe(Six.AddHours(3));
    }

    [Fact, Covers("#64")]
    public void counts_a_run_with_those_before_where_the_atom_is_away_as_well()
    {
        Given(Tell(A, AtomStatus.Offline));
        When(Due(P, A, Six.AddHours(3)) with { Missed = new(3, Six, Six.AddHours(2), MissedReason.EngineAway) });
        Then(new RunsMissed { ProcessId = P, AtomId = A, Count = 4, FirstDueAt = Six, LastDueAt = Six.AddHours(3), MissedFor = MissedReason.AtomOffline });
    }

    [Fact, Covers("R6", "R46", "#9")]
    public void is_over_once_the_schedule_was_put_to_rest()
    {
        Given(Stop(A, P));
        When(Due(P, A, Six));
        Then();
        Given(Resume(A, P), Process(P).Listening(), Deploy(P));
        When(Due(P, A, Six));
        Then();
        Given(Process(P), Deploy(P), Resume(A, P), Detach(P, A));
        When(Due(P, A, Six));
        Then();
    }
}
