namespace ProcessDeployment.Domain.Tests.Schedules;

public sealed class Reading_a_field
{
    [Theory, Covers("R44")]
    [InlineData("*", "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23")]
    [InlineData("7", "7")]
    [InlineData("8-11", "8,9,10,11")]
    [InlineData("22, 3,3", "3,22")]
    [InlineData("8-17/4", "8,12,16")]
    [InlineData("*/6", "0,6,12,18")]
    [InlineData("1,5-6,20-23/2", "1,5,6,20,22")]
    public void gives_the_hours_it_names(string text, string hours) => string.Join(',', ScheduleField.Hours.Read(text)!).ShouldBe(hours);

    [Theory, Covers("R44")]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("-1")]
    [InlineData("9-8")]
    [InlineData("8/2")]
    [InlineData("8-17/0")]
    [InlineData("8-17/2/2")]
    [InlineData("1,,2")]
    [InlineData("?")]
    [InlineData("L")]
    [InlineData("MON")]
    [InlineData("0x1")]
    [InlineData("1-2-3")]
    [InlineData("99999999999")]
    public void refuses_any_other_dialect(string text) => ScheduleField.Hours.Read(text).ShouldBeNull();

    [Fact]
    public void left_out_means_all() => ScheduleField.DaysOfWeek.Read(null)!.Count.ShouldBe(7);

    [Fact, Covers("R44")]
    public void names_the_member_and_the_rule()
    {
        var command = new SetSchedules
        {
            AccountId = "acme",
            Actor = "kim",
            ProcessId = Guid.Empty,
            AtomId = Guid.Empty,
            Schedules = [new() { Minutes = "0", Hours = "*" }, new() { Minutes = "60", Hours = "*", DaysOfWeek = "0", DaysOfMonth = "32", Months = "13", Years = "1999" }],
            Retry = new(6, []),
        };

        command.Check().Select(error => error.Member).ShouldBe([
            "schedules[1].minutes", "schedules[1].daysOfWeek", "schedules[1].daysOfMonth", "schedules[1].months", "schedules[1].years", "retry.maxRetry", "retry.schedules"]);
        command.Check().First().Rule.ShouldBe("must be *, or numbers from 0 to 59, ranges and lists of them, or a range with a step, such as 0-59/2, in at most 200 characters");
    }
}
