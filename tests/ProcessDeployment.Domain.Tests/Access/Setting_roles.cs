using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Setting_roles : Acting
{
    public static TheoryData<string> BuiltIn => [.. BuiltInRoles.All.Keys];

    [Fact]
    public void says_all_that_a_role_lets_do_once_and_in_order()
    {
        When(Role("nights", Privilege.Execute, Privilege.Schedule, Privilege.Execute));
        Then(new RoleSet { Role = "nights", Privileges = [Privilege.Schedule, Privilege.Execute] });
        When(Role("nights", Privilege.Execute, Privilege.Schedule));
        Then();
        When(Role("nights", Privilege.Execute));
        Then(new RoleSet { Role = "nights", Privileges = [Privilege.Execute] });
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void never_changes_one_that_every_account_has(string role)
    {
        When(Role(role, Privilege.Access));
        Refused(RefusalCodes.BuiltInRole).Message.ShouldContain(role);
        When(NoRole(role));
        Refused(RefusalCodes.BuiltInRole);
    }

    [Fact]
    public void counts_from_now_on_for_whoever_has_the_role()
    {
        Given(Member(Lee, "administrator"), Role("nights", Privilege.Execute), Member(Kim, "nights"));
        By(Authority.OfActor);
        When(Purchase(1) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed);
        Given(Role("nights", Privilege.LicenceWrite) with { Actor = Lee });
        When(Purchase(1) with { Actor = Kim });
        Judged();
        Given(Role("nights", Privilege.Execute) with { Actor = Lee });
        When(Purchase(2) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void that_would_take_the_last_administrator_his_privilege_is_refused()
    {
        Given(Role("chief", Privilege.Access, Privilege.Deploy), Member(Kim, "chief"));
        When(Role("chief", Privilege.Deploy));
        Refused(RefusalCodes.NoAdministrator);
        Decision.Events.ShouldBeEmpty();
        Given(Member(Lee, "administrator"));
        When(Role("chief", Privilege.Deploy));
        Then(new RoleSet { Role = "chief", Privileges = [Privilege.Deploy] });
    }

    [Fact]
    public void deletes_one_that_nobody_has()
    {
        Given(Role("nights", Privilege.Execute));
        When(NoRole("nights"));
        Then(new RoleDeleted { Role = "nights" });
        When(NoRole("nights"));
        Refused(RefusalCodes.UnknownRole);
    }

    [Fact]
    public void does_not_delete_one_in_use_by_a_member_or_a_key()
    {
        Given(Role("nights", Privilege.Execute), Environment(Dev), Member(Lee, "administrator"), Member(Kim, In(Dev, "nights")), Issue(Key, "ci", "nights"));
        When(NoRole("nights"));
        Refused(RefusalCodes.RoleInUse).Message.ShouldStartWith($"{Kim} and 1 more have");
        Given(Without(Kim));
        When(NoRole("nights"));
        Refused(RefusalCodes.RoleInUse).Message.ShouldStartWith("key:ci has");
        Given(Revoke(Key));
        When(NoRole("nights"));
        Then(new RoleDeleted { Role = "nights" });
    }

    [Fact]
    public void beyond_the_most_of_an_account_is_refused()
    {
        for (var i = 0; i < Limits.Roles; i++) Given(Role($"r{i}", Privilege.Execute));
        When(Role("nights", Privilege.Execute));
        Refused(RefusalCodes.TooMany);
        When(Role("r7", Privilege.Deploy));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Theory]
    [InlineData("Nights")]
    [InlineData("7nights")]
    [InlineData("nights ")]
    [InlineData("nights\n")]
    [InlineData("")]
    public void of_another_form_is_malformed(string role) => Role(role, Privilege.Execute).Check().ShouldHaveSingleItem().Member.ShouldBe("role");

    [Fact]
    public void that_lets_do_nothing_is_malformed() => Role("nights").Check().ShouldHaveSingleItem().Member.ShouldBe("privileges");
}
