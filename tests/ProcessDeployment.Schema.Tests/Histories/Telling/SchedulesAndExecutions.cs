using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Schedules;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>Runs by hand and by schedule: begun, called, ended, discarded, cancelled, tried again and missed.</summary>
internal static class SchedulesAndExecutions
{
    private const string Agent = "atom:Berlin";

    private static readonly Guid Orders = Id("a1", 1), Called = Id("a1", 2), Berlin = Id("b1", 1), Paris = Id("b1", 2), Rome = Id("b1", 3);
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };
    private static readonly Schedule Nightly = new() { Minutes = "15,45", Hours = "2", DaysOfWeek = "2-6", Months = "1-12", Years = "2026-2030" };

    public static void Tell(Teller teller)
    {
        Begin(teller);
        RunByHand(teller);
        RunBySchedule(teller);
        Rest(teller);
    }

    private static void Begin(Teller teller)
    {
        teller.Send(new RegisterAtom { AtomId = Berlin, Name = "Berlin", TimeZone = "Europe/Berlin" });
        teller.Send(new RegisterAtom { AtomId = Paris, Name = "Paris" });
        teller.Send(new RegisterAtom { AtomId = Rome, Name = "Rome", TimeZone = "Europe/Rome" });
        teller.Send(new ReportAtomStatus { AtomId = Berlin, Status = AtomStatus.Online }, Agent);
        teller.Send(new SaveComponent { ComponentId = Called, ComponentType = ComponentTypes.Process, Name = "Called", StartStep = StartStep.None });
        teller.Send(Save(StartStep.Schedule));
        teller.Send(new AttachAtoms { ProcessId = Orders, AtomIds = [Berlin, Paris, Rome] });
        teller.Send(new DeployProcess { ProcessId = Orders });
        teller.Send(new SetSchedules { ProcessId = Orders, AtomId = Berlin, Schedules = [Hourly, Nightly], Retry = new(MaxRetry: 2, [new Schedule { Minutes = "*", Hours = "*" }]) });
        teller.Send(new SetSchedules { ProcessId = Orders, AtomId = Paris, Schedules = [Nightly] });
        teller.Send(new SetSchedules { ProcessId = Orders, AtomId = Rome, Schedules = [Hourly] });
    }

    private static void RunByHand(Teller teller)
    {
        var first = teller.Send(new ExecuteProcess { ProcessId = Orders, AtomId = Berlin, Properties = [new("day", "monday"), new("full", "true")] });
        teller.Send(Report(first, ExecutionStatus.Started) with { VersionNumber = 1 }, Agent);
        teller.Send(Report(Id("d3", 1), ExecutionStatus.Started) with { ParentExecutionId = first, ProcessId = Called }, Agent);
        teller.Send(new ExecuteProcess { ProcessId = Orders, AtomId = Berlin });
        teller.Send(Report(Id("d3", 1), ExecutionStatus.CompleteWarn) with { Message = "one order was passed over" }, Agent);
        teller.Send(Report(Id("d3", 2), ExecutionStatus.Complete) with { ParentExecutionId = first, ProcessId = Called }, Agent);
        teller.Send(Report(first, ExecutionStatus.Complete) with { LogTail = "done\nall well" }, Agent);
        var second = teller.Send(new ExecuteProcess { ProcessId = Orders, AtomId = Berlin }, Ana);
        teller.Send(new CancelExecution { ExecutionId = second }, Ana);
        teller.Send(Report(second, ExecutionStatus.Aborted), Agent);
    }

    private static void RunBySchedule(Teller teller)
    {
        var due = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var failed = teller.Send(new RunSchedule { ProcessId = Orders, AtomId = Berlin, DueAt = due, Missed = new(3, due.AddHours(-3), due.AddHours(-1), MissedReason.EngineAway) }, "engine");
        teller.Send(Report(failed, ExecutionStatus.Error) with { Message = "the shop does not answer" }, Agent);
        var again = teller.Send(new RunSchedule { ProcessId = Orders, AtomId = Berlin, DueAt = due.AddMinutes(30), RetryOf = failed, Attempt = 1 }, "engine");
        teller.Send(Report(again, ExecutionStatus.Started), Agent);
        teller.Send(Report(again, ExecutionStatus.Error), Agent);
        teller.Send(new RunSchedule { ProcessId = Orders, AtomId = Paris, DueAt = due.AddDays(1) }, "engine");
    }

    private static void Rest(Teller teller)
    {
        teller.Send(new StopSchedules { ProcessId = Orders, AtomId = Berlin });
        teller.Send(new ResumeSchedules { AtomId = Berlin });
        teller.Send(new DetachAtoms { ProcessId = Orders, AtomIds = [Paris] });
        teller.Send(new AttachAtoms { ProcessId = Orders, AtomIds = [Paris], ResumeSchedules = true });
        teller.Send(new StopSchedules { AtomId = Paris });
        teller.Send(new ExecuteProcess { ProcessId = Orders, AtomId = Berlin });
        teller.Send(Save(StartStep.Listener));
        teller.Send(new DeployProcess { ProcessId = Orders });
        teller.Send(new RedeployVersion { ProcessId = Orders, TargetVersion = 1 });
        teller.Send(new ResumeSchedules { ProcessId = Orders, AtomId = Berlin });
    }

    private static SaveComponentV2 Save(StartStep start) => new()
    {
        ComponentId = Orders,
        ComponentType = ComponentTypes.Process,
        Name = "Orders",
        References = [new(Called, ReferenceKind.Dependent)],
        StartStep = start,
        AllowSimultaneousRuns = false,
        Content = $"<process start='{start}'/>",
    };

    private static ReportExecution Report(Guid executionId, ExecutionStatus status) => new() { AtomId = Berlin, ExecutionId = executionId, Status = status };
}
