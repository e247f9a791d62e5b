using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Acting_with_a_key : Acting
{
    private const string Ci = "key:ci";

    [Fact]
    public void lets_do_what_its_own_roles_do_though_nobody_is_a_member()
    {
        Given(Process(P), Issue(Key, "ci", "deployer"));
        By(Authority.OfKey(Key));
        When(Deploy(P) with { Actor = Ci });
        Judged();
        When(Purchase(1) with { Actor = Ci });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.LicenceWrite, null));
    }

    [Fact]
    public void gets_nothing_from_the_roles_of_members()
    {
        Given(Member(Kim, "administrator"), Member(Ci, "administrator"), Issue(Key, "ci", "viewer"));
        By(Authority.OfKey(Key));
        foreach (var actor in new[] { Kim, Ci })
        {
            When(Purchase(1) with { Actor = actor });
            Denied(RefusalCodes.NotAllowed);
        }
    }

    [Fact]
    public void gives_nothing_to_a_member_of_its_name()
    {
        Given(Member(Kim, "administrator"), Issue(Key, "ci", "administrator"));
        By(Authority.OfActor);
        When(Purchase(1) with { Actor = Ci });
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void of_two_of_a_name_lets_each_do_its_own()
    {
        Given(Issue(Key, "ci", "viewer"), Issue(Spare, "ci", "administrator"));
        By(Authority.OfKey(Key));
        When(Purchase(1) with { Actor = Ci });
        Denied(RefusalCodes.NotAllowed);
        By(Authority.OfKey(Spare));
        When(Purchase(1) with { Actor = Ci });
        Judged();
    }

    [Fact]
    public void in_one_environment_opens_that_and_no_other()
    {
        Given(Process(P), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1), Environment(Live, order: 2), Issue(Key, "ci") with { Roles = [In(Dev, "deployer")] });
        By(Authority.OfKey(Key));
        When(DeployTo(Dev, P) with { Actor = Ci });
        Judged();
        When(DeployTo(Live, P) with { Actor = Ci });
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void that_is_revoked_lets_do_nothing_though_it_was_the_only_one()
    {
        Given(Process(P), Issue(Key, "ci", "administrator"), Revoke(Key));
        By(Authority.OfKey(Key));
        When(Deploy(P) with { Actor = Ci });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.Deploy, null));
        When(Purchase(1) with { Actor = Ci });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.LicenceWrite, null));
    }

    [Fact]
    public void that_never_was_lets_do_nothing()
    {
        By(Authority.OfKey(Nobody));
        foreach (var command in new Command[] { Purchase(1), Member(Kim, "administrator"), Issue(Key, "ci", "administrator") })
        {
            When(command with { Actor = Ci });
            Denied(RefusalCodes.NotAllowed);
        }
    }
}
