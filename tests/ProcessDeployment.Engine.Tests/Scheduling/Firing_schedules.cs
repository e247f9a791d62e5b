using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Scheduling;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Scheduling;

/// <summary>Time is told to each round, in years that the engine's own scheduler does not come to.</summary>
public sealed class Firing_schedules(EngineFixture engine)
{
    private static readonly Schedule EveryMinute = new() { Minutes = "*", Hours = "*", Years = "2090" };
    private static readonly DateTimeOffset NewYear = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Process = Guid.Parse("0000000a-0000-0000-0000-000000000001");
    private static readonly Guid Atom = Guid.Parse("0000000b-0000-0000-0000-000000000001");

    [Fact]
    public async Task nothing_is_fired_before_it_is_due_and_then_once()
    {
        await using var own = await ScheduledAsync();

        (await RoundAsync(own, NewYear.AddSeconds(-1))).ShouldBe(0);
        (await RoundAsync(own, NewYear.AddSeconds(5))).ShouldBe(1);
        (await RoundAsync(own, NewYear.AddSeconds(6))).ShouldBe(0);
        (await RoundAsync(own, NewYear.AddSeconds(61))).ShouldBe(1);

        (await RequestedAsync(own)).ShouldBe(["2090-01-01T00:00:00+00:00", "2090-01-01T00:01:00+00:00"]);
        (await MissedAsync(own)).ShouldBeEmpty();
    }

    /// <summary>Both nodes are at the same rows, even after the claim of one has run out: the ids of their commands are the same.</summary>
    [Fact]
    public async Task two_nodes_that_race_make_each_run_once()
    {
        await using var own = await ScheduledAsync();
        await using var databases = new Databases(own.Databases.Logins);
        using var signals = new PipelineSignals();
        using var other = new CommandPipeline(new BatchRunner(databases), new(), signals, NullLogger<CommandPipeline>.Instance);
        var (one, two) = (RoundOf(own), new ScheduleRound(new(databases), new(databases), other, NullLogger<ScheduleRound>.Instance));
        for (var minute = 0; minute < 20; minute++)
        {
            var now = NewYear.AddMinutes(minute).AddSeconds(1);
            await Task.WhenAll(one.RunAsync(now, Cancellation), two.RunAsync(now, Cancellation));
        }

        (await RequestedAsync(own)).Count.ShouldBe(20);
        await own.ForgeAsync("update process_deployment.schedule_due set due = '2090-01-01T00:19:00Z'");
        (await one.RunAsync(NewYear.AddMinutes(19).AddSeconds(2), Cancellation)).ShouldBe(1, "a node that died before it moved the row on");
        (await RequestedAsync(own)).Count.ShouldBe(20);
        (await own.ScalarAsync<DateTime>("select due from process_deployment.schedule_due")).ShouldBe(NewYear.AddMinutes(20).UtcDateTime);
    }

    [Fact, Covers("#64", "R47")]
    public async Task what_came_due_while_no_engine_ran_is_told_in_one_event_and_not_made_up_for()
    {
        await using var own = await ScheduledAsync();

        (await RoundAsync(own, NewYear.AddHours(2).AddSeconds(30))).ShouldBe(1);

        (await RequestedAsync(own)).ShouldBe(["2090-01-01T02:00:00+00:00"]);
        (await MissedAsync(own)).ShouldBe(["120 2090-01-01T00:00:00+00:00 2090-01-01T01:59:00+00:00 EngineAway"]);
    }

    [Fact, Covers("#64", "R47")]
    public async Task an_atom_that_is_away_misses_its_runs_the_first_at_once_the_others_when_it_is_back()
    {
        await using var own = await ScheduledAsync();
        await own.SendAsync("acme", new ReportAtomStatus { AtomId = Atom, Status = AtomStatus.Offline });
        for (var minute = 0; minute < 30; minute++) (await RoundAsync(own, NewYear.AddMinutes(minute).AddSeconds(1))).ShouldBe(1);
        (await MissedAsync(own)).ShouldBe(["1 2090-01-01T00:00:00+00:00 2090-01-01T00:00:00+00:00 AtomOffline"]);

        await own.SendAsync("acme", new ReportAtomStatus { AtomId = Atom, Status = AtomStatus.Online });
        await RoundAsync(own, NewYear.AddMinutes(30).AddSeconds(1));

        (await RequestedAsync(own)).ShouldBe(["2090-01-01T00:30:00+00:00"]);
        (await MissedAsync(own)).Last().ShouldBe("29 2090-01-01T00:01:00+00:00 2090-01-01T00:29:00+00:00 AtomOffline");
        await RoundAsync(own, NewYear.AddMinutes(31).AddSeconds(1));
        (await MissedAsync(own)).Count.ShouldBe(2);
        (await own.RunAsync(new { all = true, verifyOnly = true })).Differing().ShouldBeEmpty();
    }

    [Fact, Covers("R6", "#9")]
    public async Task schedules_at_rest_do_not_come_due_and_resumed_ones_go_on_from_then()
    {
        await using var own = await ScheduledAsync();
        await own.SendAsync("acme", new StopSchedules { AtomId = Atom });
        (await RoundAsync(own, NewYear.AddMinutes(5))).ShouldBe(0);
        await own.SendAsync("acme", new ResumeSchedules { AtomId = Atom });
        (await RoundAsync(own, NewYear.AddSeconds(1))).ShouldBe(1);
        await own.SendAsync("acme", new DetachAtoms { ProcessId = Process, AtomIds = [Atom] });
        (await RoundAsync(own, NewYear.AddMinutes(5))).ShouldBe(0);
        (await own.ScalarAsync<long>("select count(*) from process_deployment.schedule_due")).ShouldBe(0);
    }

    [Fact, Covers("R40", "#63")]
    public async Task a_run_that_comes_due_beside_another_that_may_have_none_is_discarded()
    {
        await using var own = await ScheduledAsync();
        await own.SendAsync("acme", new SaveComponentV2 { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = "Orders", StartStep = StartStep.Schedule, AllowSimultaneousRuns = false });
        await own.SendAsync("acme", new DeployProcess { ProcessId = Process });

        for (var minute = 0; minute < 3; minute++) (await RoundAsync(own, NewYear.AddMinutes(minute).AddSeconds(1))).ShouldBe(1);

        (await RequestedAsync(own)).Count.ShouldBe(3);
        (await own.TextsAsync("select data ->> 'status' from events.mt_events where type = 'processdeployment.execution-completed.v1'")).ShouldBe(["DISCARDED", "DISCARDED"]);
        (await MissedAsync(own)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_schedule_that_ends_leaves_nothing_due()
    {
        await using var own = await ScheduledAsync();
        await own.SendAsync("acme", new SetSchedules { ProcessId = Process, AtomId = Atom, Schedules = [new() { Minutes = "0", Hours = "0", DaysOfMonth = "1", Months = "1", Years = "2090" }] });

        (await RoundAsync(own, NewYear.AddSeconds(1))).ShouldBe(1);

        (await RequestedAsync(own)).Count.ShouldBe(1);
        (await own.ScalarAsync<long>("select count(*) from process_deployment.schedule_due")).ShouldBe(0);
    }

    [Fact]
    public async Task a_failed_run_is_tried_again_by_an_execution_of_its_own()
    {
        await using var own = await ScheduledAsync();
        var hourly = new Schedule { Minutes = "0", Hours = "*", Years = "2090" };
        await own.SendAsync("acme", new SetSchedules { ProcessId = Process, AtomId = Atom, Schedules = [hourly], Retry = new(1, [hourly with { Minutes = "10", Years = "2091" }]) });
        await RoundAsync(own, NewYear.AddSeconds(1));
        var failed = Guid.Parse((await own.TextsAsync("select data ->> 'executionId' from events.mt_events where type = 'processdeployment.execution-requested.v1'")).Single());
        await own.SendAsync("acme", new ReportExecution { AtomId = Atom, ExecutionId = failed, Status = ExecutionStatus.Error });
        await own.ForgeAsync("delete from process_deployment.schedule_due");

        (await RoundAsync(own, NewYear.AddYears(1).AddMinutes(10).AddSeconds(-1))).ShouldBe(0);
        (await RoundAsync(own, NewYear.AddYears(1).AddMinutes(10))).ShouldBe(1);
        (await RoundAsync(own, NewYear.AddYears(1).AddMinutes(11))).ShouldBe(0);

        (await own.TextsAsync("select concat_ws(' ', data ->> 'kind', data ->> 'retryOf', data ->> 'attempt') from events.mt_events where type = 'processdeployment.execution-requested.v1' order by seq_id"))
            .ShouldBe(["scheduled", $"retry {failed} 1"]);
        (await own.RunAsync(new { models = (string[])["current-state"], verifyOnly = true })).Differing().ShouldBeEmpty();
    }

    /// <summary>The engine itself looks when something was set, and fires at the time that it is told.</summary>
    [Fact]
    public async Task the_engine_wakes_for_what_comes_due()
    {
        await using var own = await ScheduledAsync(builder => builder.Services.AddSingleton<TimeProvider>(new MovedTime(NewYear.AddSeconds(1))));

        await Eventually.BecomesAsync(() => RequestedAsync(own), requested => requested.Count > 0);
    }

    /// <summary>Defect: what came due between looking for due rows and asking for the next was asked for too late, and waited half a minute.</summary>
    [Fact]
    public async Task what_comes_due_while_the_engine_looks_is_not_passed_over()
    {
        await using var own = await ScheduledAsync();
        using var signals = new PipelineSignals();
        using var scheduler = new Scheduler(RoundOf(own), own.Services.GetRequiredService<DueRuns>(), signals, new StandingTime(NewYear), NullLogger<Scheduler>.Instance);
        await scheduler.StartAsync(Cancellation);

        await Eventually.BecomesAsync(() => RequestedAsync(own), requested => requested.Count > 0);
        await scheduler.StopAsync(Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<OwnEngine> ScheduledAsync(Action<WebApplicationBuilder>? customise = null)
    {
        var own = await OwnEngine.StartAsync(engine, customise);
        foreach (var command in new Command[]
        {
            new SaveComponent { ComponentId = Process, ComponentType = ComponentTypes.Process, Name = "Orders", StartStep = StartStep.Schedule },
            new RegisterAtom { AtomId = Atom, Name = "Berlin", TimeZone = "UTC" },
            new ReportAtomStatus { AtomId = Atom, Status = AtomStatus.Online },
            new AttachAtoms { ProcessId = Process, AtomIds = [Atom] },
            new DeployProcess { ProcessId = Process },
            new SetSchedules { ProcessId = Process, AtomId = Atom, Schedules = [EveryMinute] },
        })
            (await own.SendAsync("acme", command)).Status.ShouldBe(OutcomeStatus.Accepted);
        return own;
    }

    private static ScheduleRound RoundOf(OwnEngine own) => own.Services.GetRequiredService<ScheduleRound>();

    private static Task<int> RoundAsync(OwnEngine own, DateTimeOffset now) => RoundOf(own).RunAsync(now, Cancellation);

    private static Task<List<string>> RequestedAsync(OwnEngine own) =>
        own.TextsAsync("select data ->> 'dueAt' from events.mt_events where type = 'processdeployment.execution-requested.v1' order by (headers ->> 'position')::bigint");

    private static Task<List<string>> MissedAsync(OwnEngine own) => own.TextsAsync(
        "select concat_ws(' ', data ->> 'count', data ->> 'firstDueAt', data ->> 'lastDueAt', data ->> 'missedFor') from events.mt_events where type = 'processdeployment.runs-missed.v1' order by (headers ->> 'position')::bigint");

    /// <summary>Just before a time when it is first asked, just after it from then on; whoever sleeps is not woken.</summary>
    private sealed class StandingTime(DateTimeOffset at) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => Interlocked.Increment(ref _asked) == 1 ? at.AddTicks(-1) : at.AddTicks(1);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The real clock, set to another date.</summary>
    private sealed class MovedTime(DateTimeOffset at) : TimeProvider
    {
        private readonly DateTimeOffset _since = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => at + (System.GetUtcNow() - _since);
    }
}
