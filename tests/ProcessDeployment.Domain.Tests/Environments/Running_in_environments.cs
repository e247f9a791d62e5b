using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Environments;

/// <summary>What the version on an Atom decides: runs, schedules and extensions go by that of its environment, not by the highest number.</summary>
public sealed class Running_in_environments : Situation
{
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };

    public Running_in_environments() => Given(
        Process(P).Declaring("url"), Atom(A, "Berlin"), Atom(B, "Athens"), Tell(A, AtomStatus.Online), Tell(B, AtomStatus.Online),
        UseEnvironments(true), Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, order: 2, name: "Live"),
        AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P), DeployTo(Dev, P), Promote(P, 1, Live));

    private ScheduleState SchedulesOn(Guid atomId) => Account.Attachments[new(P, atomId)]!.Schedules!;

    [Fact, Covers("R38", "R56")]
    public void asks_each_atom_for_the_version_that_is_current_there()
    {
        Given(Process(P).Saying("second"), DeployTo(Dev, P));
        When(Execute(P, B));
        Then<ExecutionRequested>(requested => requested.VersionNumber.ShouldBe(1));
        When(Execute(P, A));
        Then<ExecutionRequested>(requested => requested.VersionNumber.ShouldBe(2));
    }

    [Fact, Covers("R46", "R56")]
    public void promoting_a_listener_suspends_the_schedules_there()
    {
        Given(Schedule(P, A, Hourly), Schedule(P, B, Hourly), Process(P).Listening(), DeployTo(Dev, P));
        (SchedulesOn(A).Status, SchedulesOn(B).Status).ShouldBe((ScheduleStatus.Suspended, ScheduleStatus.Enabled));
        When(Execute(P, A));
        Refused(RefusalCodes.ListenerProcess);
        When(Execute(P, B));
        Then<ExecutionRequested>(requested => requested.VersionNumber.ShouldBe(1));

        When(Promote(P, 2, Live));
        Decision.Events.Count.ShouldBe(2);
        Decision.Events[0].ShouldBeOfType<VersionPromoted>();
        Decision.Events[1].ShouldBe(new SchedulesSuspended { ProcessId = P, AtomId = B, SuspendedFor = SuspensionReason.StartStepChanged, Count = 1 });
        Decision.Warnings.Select(warning => warning.Code).ShouldBe(["SchedulesSuspended"]);
        When(Execute(P, B));
        Refused(RefusalCodes.ListenerProcess);
    }

    [Fact, Covers("#35", "R56")]
    public void promoting_warns_of_the_values_that_are_missing_there()
    {
        Given(Process(P).Declaring("url", "token"), DeployTo(Dev, P), Extend(P, B, ("url", "1")));
        When(Promote(P, 2, Live));
        Decision.Warnings.Select(warning => $"{warning.Code}: {warning.Message}").ShouldBe(["NeedsConfiguration: process 1 needs values of its extensions token on Athens."]);
    }

    [Fact, Covers("R48", "R56")]
    public void only_what_the_version_there_declares_can_be_set()
    {
        Given(Process(P).Declaring("token"), DeployTo(Dev, P));
        When(Extend(P, A, ("token", "1")));
        Then<ExtensionValuesSet>(set => set.VersionNumber.ShouldBe(2));
        When(Extend(P, B, ("token", "1")));
        Refused(RefusalCodes.UnknownExtension);
        When(Extend(P, B, ("url", "1")));
        Then<ExtensionValuesSet>(set => set.VersionNumber.ShouldBe(1));
    }

    [Fact, Covers("#9", "R55")]
    public void what_leaves_an_environment_takes_its_schedules_to_rest_and_coming_back_says_so()
    {
        Given(Schedule(P, B, Hourly));
        When(AtomOutOf(Live, B));
        Decision.Events.OfType<AtomDetached>().ShouldHaveSingleItem().Suspended.ShouldHaveSingleItem().Reason.ShouldBe("Detached");
        When(AtomInto(Live, B));
        Decision.Warnings.Select(warning => warning.Code).ShouldBe(["NeedsConfiguration", "SchedulesSuspended"]);
        Given(Resume(B, P));
        When(ProcessOutOf(Live, P));
        Decision.Events.OfType<AtomDetached>().ShouldHaveSingleItem().Suspended.ShouldHaveSingleItem();
        When(ProcessInto(Live, P));
        Decision.Warnings.Select(warning => warning.Code).ShouldBe(["NeedsConfiguration", "SchedulesSuspended"]);
        SchedulesOn(B).Status.ShouldBe(ScheduleStatus.Suspended);
    }

    [Fact, Covers("#61", "R56")]
    public void a_part_is_bundled_where_the_version_there_bundles_it()
    {
        Given(Process(Child), Process(P, Child), DeployTo(Dev, P));
        When(Execute(Child, A));
        Refused(RefusalCodes.BundledOnly);
        When(Execute(Child, B));
        Refused(RefusalCodes.NotDeployed);
    }
}
