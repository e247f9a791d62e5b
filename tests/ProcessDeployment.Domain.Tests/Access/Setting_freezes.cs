using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Setting_freezes : Acting
{
    private const string From = "2026-12-20T00:00:00Z", Until = "2027-01-02T00:00:00Z";

    [Fact]
    public void says_when_and_where()
    {
        Given(Environment(Dev), Environment(Live));
        When(Frozen(From, Until));
        Then(new FreezeSet { FreezeId = Freeze, Name = "Christmas", From = From, Until = Until });
        When(Frozen(From, Until, Live, Dev, Live));
        Then(new FreezeSet { FreezeId = Freeze, Name = "Christmas", From = From, Until = Until, EnvironmentIds = [Dev, Live] });
        When(Frozen(From, Until, Dev, Live));
        Then();
    }

    [Fact]
    public void of_an_environment_that_there_is_not_is_refused()
    {
        When(Frozen(From, Until, Nobody));
        Refused(RefusalCodes.UnknownEnvironment).Details.ShouldBe(new EnvironmentDetails(Nobody));
    }

    [Fact]
    public void is_taken_back_when_it_is_lifted()
    {
        When(new LiftFreeze { FreezeId = Freeze });
        Refused(RefusalCodes.UnknownFreeze);
        Given(Frozen(From, Until));
        When(new LiftFreeze { FreezeId = Freeze });
        Then(new FreezeLifted { FreezeId = Freeze, Name = "Christmas" });
        When(new LiftFreeze { FreezeId = Freeze });
        Refused(RefusalCodes.UnknownFreeze);
    }

    [Fact]
    public void is_passed_by_name_once_each()
    {
        When(Pass("2026-12-24T12:00:00Z", P));
        Refused(RefusalCodes.UnknownFreeze);
        Given(Frozen(From, Until));
        When(Pass("2026-12-24T12:00:00Z", Q, P, Q));
        Then(new FreezeOverridden { FreezeId = Freeze, Name = "Christmas", ProcessIds = [P, Q], Until = "2026-12-24T12:00:00Z" });
    }

    [Fact]
    public void beyond_the_most_of_an_account_is_refused_until_one_is_lifted()
    {
        for (var i = 0; i < Limits.Roles; i++) Given(Frozen(From, Until) with { FreezeId = Id(10_000 + i) });
        When(Frozen(From, Until));
        Refused(RefusalCodes.TooMany);
        Given(new LiftFreeze { FreezeId = Id(10_000) });
        When(Frozen(From, Until));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Theory]
    [InlineData(From, From)]
    [InlineData(Until, From)]
    public void that_ends_before_it_begins_is_malformed(string from, string until) => Frozen(from, until).Check().ShouldHaveSingleItem().Member.ShouldBe("until");

    [Theory]
    [InlineData("2026-12-20")]
    [InlineData("2026-12-20T00:00:00+01:00")]
    [InlineData("2026-12-20T00:00:00.5Z")]
    [InlineData("2026-02-30T00:00:00Z")]
    public void from_what_is_no_moment_in_utc_is_malformed(string from) => Frozen(from, Until).Check().ShouldHaveSingleItem().Member.ShouldBe("from");

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void that_is_passed_without_a_reason_is_malformed(string? reason) =>
        (Pass("2026-12-24T12:00:00Z", P) with { Reason = reason }).Check().ShouldContain(error => error.Member == "reason");

    [Fact]
    public void that_nobody_passes_is_malformed() => Pass("2026-12-24T12:00:00Z").Check().ShouldHaveSingleItem().Member.ShouldBe("processIds");
}
