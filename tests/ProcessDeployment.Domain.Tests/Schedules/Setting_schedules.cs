using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Schedules;

public sealed class Setting_schedules : Situation
{
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };
    private static readonly Schedule Nightly = new() { Minutes = "30", Hours = "2", DaysOfWeek = "2-6" };

    public Setting_schedules() => Given(Process(P), Atom(A) with { TimeZone = "Europe/Berlin" }, Atom(B), Attach(P, A), Deploy(P));

    [Fact, Covers("R43", "R44", "#65")]
    public void keeps_them_with_the_time_zone_of_the_atom()
    {
        When(Schedule(P, A, Hourly, Nightly) with { Retry = new(3, [Hourly]) });
        Then(new SchedulesSet { ProcessId = P, AtomId = A, Schedules = [Hourly, Nightly], Retry = new(3, [Hourly]), TimeZone = "Europe/Berlin", Status = ScheduleStatus.Enabled });
    }

    [Fact, Covers("R45")]
    public void replaces_the_whole_list()
    {
        Given(Schedule(P, A, Hourly));
        When(Schedule(P, A, Nightly));
        Account.Attachments[new(P, A)]!.Schedules!.Schedules.ShouldBe([Nightly]);
        When(Schedule(P, A));
        Account.Attachments[new(P, A)]!.Schedules!.AreAtWork().ShouldBeFalse();
    }

    [Fact]
    public void to_the_same_changes_nothing()
    {
        Given(Schedule(P, A, Hourly) with { Retry = new(2, [Nightly]) });
        When(Schedule(P, A, Hourly) with { Retry = new(2, [Nightly]) });
        Then();
        When(Schedule(P, A, Hourly) with { Retry = new(3, [Nightly]) });
        Then<SchedulesSet>(set => set.Retry!.MaxRetry.ShouldBe(3));
    }

    [Fact, Covers("R43", "#45")]
    public void makes_no_version_and_nothing_bold()
    {
        var bold = Picture.Processes[P].RevisedSinceDeploy;
        When(Schedule(P, A, Hourly));
        Then(picture => (picture.Processes[P].CurrentVersion, picture.Processes[P].RevisedSinceDeploy).ShouldBe((1, bold)));
        Given(Deploy(P));
        Account.Attachments[new(P, A)]!.Schedules!.Schedules.ShouldBe([Hourly], "the next version has them too");
    }

    [Fact]
    public void is_refused_where_it_is_not_deployed()
    {
        When(Schedule(P, B, Hourly));
        Refused(RefusalCodes.NotDeployed);
        Given(Process(Q), Attach(Q, A));
        When(Schedule(Q, A, Hourly));
        Refused(RefusalCodes.NotDeployed);
    }

    [Fact, Covers("R45")]
    public void is_refused_for_a_listener()
    {
        Given(Process(P).Listening(), Deploy(P));
        When(Schedule(P, A, Hourly));
        Refused(RefusalCodes.ListenerProcess);
    }

    [Theory, Covers("R44")]
    [InlineData("30", "2", null)]
    [InlineData(null, null, "2000-2025")]
    public void that_never_come_due_is_refused_naming_them(string? daysOfMonth, string? months, string? years)
    {
        When(Schedule(P, A, Hourly, new() { Minutes = "0", Hours = "0", DaysOfMonth = daysOfMonth, Months = months, Years = years }));
        Refused(RefusalCodes.NeverDue).Message.ShouldStartWith("schedules[1] never comes due");
    }

    [Fact, Covers("#36")]
    public void needs_a_process_and_an_atom_that_exist()
    {
        When(Schedule(Nobody, A, Hourly));
        Refused(RefusalCodes.UnknownProcess);
        When(Schedule(P, Nobody, Hourly));
        Refused(RefusalCodes.UnknownAtom);
    }

    [Fact, Covers("#52")]
    public void and_stopping_them_changes_no_licence()
    {
        Given(Connection(Crm), Process(P, Crm), Purchase(1), Deploy(P), Schedule(P, A, Hourly));
        var used = Picture.Pools.Select(pool => pool.Used).ToList();
        Given(Stop(A, P));
        Picture.Pools.Select(pool => pool.Used).ShouldBe(used);
    }
}
