using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Atoms;

public sealed class Letting_an_atom_in : Situation
{
    private static readonly Guid Token = Guid.Parse("0193e5a0-0000-7000-8000-0000000000aa");

    public Letting_an_atom_in() => Given(Atom(A));

    [Fact]
    public void keeps_of_its_token_what_it_hashes_to()
    {
        When(Issue(A, Token, until: "2027-01-31T00:00:00Z"));
        Then(new AtomTokenIssued { AtomId = A, TokenId = Token, SecretHash = new('a', 64), ExpiresAt = "2027-01-31T00:00:00Z" });
        Then(picture => picture.Atoms[A].Status.ShouldBe(AtomStatus.Unknown));
    }

    [Fact]
    public void with_the_same_token_again_changes_nothing()
    {
        Given(Issue(A, Token));
        When(Issue(A, Token));
        Then();
    }

    [Fact]
    public void with_another_secret_under_the_same_id_is_refused()
    {
        Given(Issue(A, Token));
        When(Issue(A, Token, new('b', 64)));
        Refused(RefusalCodes.TokenExists);
    }

    [Fact]
    public void ends_when_its_token_is_revoked()
    {
        Given(Issue(A, Token));
        When(Revoke(A, Token));
        Then(new AtomTokenRevoked { AtomId = A, TokenId = Token });
        When(Revoke(A, Token));
        Refused(RefusalCodes.UnknownToken);
    }

    [Fact]
    public void with_more_tokens_than_anybody_can_watch_is_refused_until_one_is_revoked()
    {
        var tokens = Enumerable.Range(0, Limits.AtomTokens).Select(_ => Guid.NewGuid()).ToList();
        Given([.. tokens.Select(token => Issue(A, token))]);
        When(Issue(A, Token));
        Refused(RefusalCodes.TooManyTokens);
        Given(Revoke(A, tokens[7]));
        When(Issue(A, Token));
        Decision.Events.ShouldHaveSingleItem();
    }

    [Fact, Covers("#36")]
    public void that_is_not_there_is_refused()
    {
        When(Issue(Nobody, Token));
        Refused(RefusalCodes.UnknownAtom);
        When(Revoke(Nobody, Token));
        Refused(RefusalCodes.UnknownAtom);
    }
}
