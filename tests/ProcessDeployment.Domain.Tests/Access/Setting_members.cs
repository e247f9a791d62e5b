using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Setting_members : Acting
{
    [Fact]
    public void begins_with_an_administrator()
    {
        When(Member(Kim, "deployer"));
        Refused(RefusalCodes.NoAdministrator);
        When(Member(Kim, "administrator", "deployer"));
        Then(new MemberSet { Member = Kim, Roles = [new("administrator"), new("deployer")] });
    }

    [Fact]
    public void begins_with_oneself_unless_one_runs_the_engine()
    {
        By(Authority.OfActor);
        When(Member("kmi@example.com", "administrator") with { Actor = Kim });
        Refused(RefusalCodes.NoAdministrator).Message.ShouldContain(Kim);
        When(Member(Kim, "administrator") with { Actor = Kim });
        Then(new MemberSet { Member = Kim, Roles = [new("administrator")] });
        When(Member(Lee, "administrator") with { Actor = Kim });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void begins_with_anybody_whom_the_operator_names()
    {
        By(Authority.Operator);
        When(Member(Lee, "administrator"));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void begins_with_one_of_the_whole_account()
    {
        Given(Environment(Dev));
        When(Member(Kim, In(Dev, "administrator")));
        Refused(RefusalCodes.NoAdministrator);
    }

    [Fact]
    public void replaces_the_roles_that_somebody_had()
    {
        Given(Environment(Dev), Member(Lee, "administrator"), Member(Kim, "deployer"));
        When(Member(Kim, new RoleGrant("viewer"), In(Dev, "deployer"), new RoleGrant("viewer")));
        Then(new MemberSet { Member = Kim, Roles = [In(Dev, "deployer"), new("viewer")] });
        When(Member(Kim, In(Dev, "deployer"), new RoleGrant("viewer")));
        Then();
    }

    [Fact]
    public void takes_names_as_they_are_written()
    {
        Given(Member(Kim, "administrator"));
        By(Authority.OfActor);
        When(Purchase(1) with { Actor = "KIM@example.com" });
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void leaves_the_last_administrator_what_he_is()
    {
        Given(Member(Kim, "administrator"), Member(Lee, "deployer"));
        When(Member(Kim, "deployer"));
        Refused(RefusalCodes.NoAdministrator);
        When(Without(Kim));
        Refused(RefusalCodes.NoAdministrator);
        Decision.Events.ShouldBeEmpty();
        Given(Member(Lee, "administrator"));
        When(Without(Kim));
        Then(new MemberRemoved { Member = Kim });
        When(Without(Lee));
        Then(new MemberRemoved { Member = Lee });
    }

    [Fact]
    public void lets_the_very_last_go_and_then_asks_nobody()
    {
        Given(Member(Kim, "administrator"));
        By(Authority.OfActor);
        When(Purchase(1) with { Actor = Lee });
        Denied(RefusalCodes.NotAllowed);
        Given(Without(Kim) with { Actor = Kim });
        When(Purchase(1) with { Actor = Lee });
        Judged();
    }

    [Fact]
    public void takes_everything_from_whoever_is_none_any_more()
    {
        Given(Member(Kim, "administrator"), Member(Lee, "administrator"));
        By(Authority.OfActor);
        Given(Purchase(1) with { Actor = Lee }, Without(Lee) with { Actor = Kim });
        When(Purchase(2) with { Actor = Lee });
        Denied(RefusalCodes.NotAllowed);
        When(Member(Lee, "administrator") with { Actor = Lee });
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void who_is_none_cannot_go()
    {
        When(Without(Kim));
        Refused(RefusalCodes.UnknownMember);
    }

    [Fact]
    public void with_a_role_or_an_environment_that_there_is_not_is_refused()
    {
        When(Member(Kim, "administrator", "astronaut"));
        Refused(RefusalCodes.UnknownRole).Message.ShouldContain("astronaut");
        Given(Environment(Dev), DeleteEnvironment(Dev));
        foreach (var environmentId in new[] { Nobody, Dev })
        {
            When(Member(Kim, new RoleGrant("administrator"), In(environmentId, "viewer")));
            Refused(RefusalCodes.UnknownEnvironment).Details.ShouldBe(new EnvironmentDetails(environmentId));
        }
    }

    [Fact]
    public void beyond_the_most_of_an_account_is_refused()
    {
        Given(Member(Kim, "administrator"));
        for (var i = 1; i < Limits.Members; i++) World.Record(new MemberSet { Member = $"m{i}", Roles = [new("viewer")] }, Kim);
        When(Member(Lee, "viewer"));
        Refused(RefusalCodes.TooMany);
        When(Member("m7", "deployer"));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void without_any_role_is_malformed() => Member(Kim, Array.Empty<string>()).Check().ShouldHaveSingleItem().Member.ShouldBe("roles");
}
