using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Issuing_keys : Acting
{
    [Fact]
    public void says_what_the_key_lets_do_and_what_it_hashes_to()
    {
        When(Issue(Key, "ci", "deployer", "deployer") with { ExpiresAt = "2027-01-31T00:00:00Z" });
        Then(new ApiKeyIssued { KeyId = Key, Name = "ci", SecretHash = new('b', 64), Roles = [new("deployer")], ExpiresAt = "2027-01-31T00:00:00Z" });
    }

    [Fact]
    public void lets_two_of_a_name_be_good_at_a_time_to_change_over()
    {
        Given(Issue(Key, "ci", "deployer"), Issue(Spare, "ci", "deployer"));
        When(Issue(Id(65), "ci", "deployer"));
        Refused(RefusalCodes.TooManyKeys).Message.ShouldContain("two keys of the name ci");
        When(Issue(Id(65), "nightly", "deployer"));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        Given(Revoke(Key));
        When(Issue(Id(66), "ci", "deployer"));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void never_makes_one_of_an_id_that_is_in_use()
    {
        Given(Issue(Key, "ci", "viewer"));
        When(Issue(Key, "ci", "administrator"));
        Refused(RefusalCodes.KeyExists);
    }

    [Fact]
    public void revokes_one_once()
    {
        Given(Issue(Key, "ci", "deployer"));
        When(Revoke(Key));
        Then(new ApiKeyRevoked { KeyId = Key, Name = "ci" });
        When(Revoke(Key));
        Refused(RefusalCodes.UnknownKey);
    }

    [Fact]
    public void with_a_role_or_an_environment_that_there_is_not_is_refused()
    {
        When(Issue(Key, "ci", "astronaut"));
        Refused(RefusalCodes.UnknownRole);
        When(Issue(Key, "ci") with { Roles = [In(Nobody, "viewer")] });
        Refused(RefusalCodes.UnknownEnvironment);
    }

    [Fact]
    public void beyond_the_most_of_an_account_is_refused()
    {
        for (var i = 0; i < Limits.Members; i++) World.Record(new ApiKeyIssued { KeyId = Id(10_000 + i), Name = $"k{i}", Roles = [new("viewer")] }, Kim);
        When(Issue(Key, "ci", "viewer"));
        Refused(RefusalCodes.TooManyKeys);
    }

    [Fact]
    public void without_a_role_a_name_or_a_whole_hash_is_malformed()
    {
        Issue(Key, "ci").Check().ShouldHaveSingleItem().Member.ShouldBe("roles");
        Issue(Key, " ", "viewer").Check().ShouldHaveSingleItem().Member.ShouldBe("name");
        (Issue(Key, "ci", "viewer") with { SecretHash = new('B', 64) }).Check().ShouldHaveSingleItem().Member.ShouldBe("secretHash");
        (Issue(Key, "ci", "viewer") with { ExpiresAt = "tomorrow" }).Check().ShouldHaveSingleItem().Member.ShouldBe("expiresAt");
    }
}
