using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Deploying;

public sealed class Deploying_what_needs_values : Situation
{
    public Deploying_what_needs_values() => Given(Process(P).Declaring("url", "secret"), Atom(A, "Berlin"), Atom(B, "Athens"), Attach(P, A, B));

    private IEnumerable<string> Warnings => Decision.Warnings.Select(warning => $"{warning.Code}: {warning.Message}");

    [Fact, Covers("#35")]
    public void succeeds_and_warns_of_the_fields()
    {
        When(Deploy(P));
        Warnings.ShouldBe(["NeedsConfiguration: process 1 needs values of its extensions url, secret on Berlin, Athens."]);
    }

    [Fact, Covers("#35", "R50")]
    public void warns_only_of_what_no_version_before_was_given()
    {
        Given(Deploy(P), Extend(P, A, ("url", "1"), ("secret", "2")), Extend(P, B, ("url", "1")));
        When(Deploy(P));
        Warnings.ShouldBe(["NeedsConfiguration: process 1 needs values of its extensions secret on Athens."]);
        Given(Process(P).Declaring("url", "new"));
        When(DeployAll(P));
        Warnings.ShouldBe(["NeedsConfiguration: process 1 needs values of its extensions new on Berlin, Athens."]);
    }

    [Fact, Covers("#35")]
    public void again_warns_of_what_the_earlier_version_declared()
    {
        Given(Deploy(P), Process(P), Deploy(P));
        When(Deploy(P));
        Warnings.ShouldBeEmpty();
        When(Redeploy(P, 1));
        Warnings.ShouldHaveSingleItem().ShouldStartWith("NeedsConfiguration");
    }

    /// <summary>Defect: a move said nothing of it, though attaching does.</summary>
    [Fact]
    public void is_said_of_a_move_too()
    {
        Given(Deploy(P), Detach(P, B), Extend(P, A, ("url", "1"), ("secret", "2")));
        When(Move(P, [A], [B]));
        Warnings.ShouldBe(["NeedsConfiguration: process 1 needs values of its extensions url, secret on Athens."]);
    }

    [Fact]
    public void names_only_the_first_of_many()
    {
        Given(Process(Q).Declaring([.. Enumerable.Range(1, 9).Select(number => $"key{number}")]), Attach(Q, A));
        When(Deploy(Q));
        Warnings.ShouldHaveSingleItem().ShouldEndWith("key1, key2, key3, key4, key5 and 4 more on Berlin.");
    }
}
