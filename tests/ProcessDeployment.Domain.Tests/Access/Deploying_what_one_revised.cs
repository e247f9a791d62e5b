using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>P bundles Child, Lee deployed it as it was first, and whoever revises it must not be who deploys it.</summary>
public sealed class Deploying_what_one_revised : Acting
{
    public Deploying_what_one_revised()
    {
        Given(
            Process(Child) with { Actor = Kim }, Process(P, Child) with { Actor = Kim }, Process(Q) with { Actor = Lee }, Deploy(P) with { Actor = Lee },
            new SetChangeRules { ReviserMayNotDeploy = true });
        By(Authority.OfActor);
    }

    [Fact]
    public void is_denied_and_let_somebody_else()
    {
        Given(Process(P, Child).Saying("second") with { Actor = Kim });
        When(Deploy(P) with { Actor = Kim });
        Denied(RefusalCodes.ReviserDeploys).Details.ShouldBeOfType<ComponentsDetails>().ComponentIds.ShouldBe([P]);
        When(Deploy(P) with { Actor = Lee });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void is_denied_where_only_a_child_was_revised()
    {
        Given(Process(Child).Saying("second") with { Actor = Kim });
        When(Deploy(P) with { Actor = Kim });
        Denied(RefusalCodes.ReviserDeploys).Details.ShouldBeOfType<ComponentsDetails>().ComponentIds.ShouldBe([Child]);
    }

    [Fact]
    public void is_denied_though_somebody_else_revised_it_after()
    {
        Given(Process(Child).Saying("second") with { Actor = Kim }, Process(Child).Saying("third") with { Actor = Lee });
        foreach (var actor in new[] { Kim, Lee })
        {
            When(Deploy(P) with { Actor = actor });
            Denied(RefusalCodes.ReviserDeploys);
        }

        When(Deploy(P) with { Actor = Ana });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void is_let_where_the_revision_was_deployed_before()
    {
        When(Deploy(P) with { Actor = Kim });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        Given(Process(Child).Saying("second") with { Actor = Kim }, Deploy(P) with { Actor = Lee }, Process(P, Child).Saying("third") with { Actor = Lee });
        When(Deploy(P) with { Actor = Kim });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void is_denied_where_it_was_deployed_in_another_process_only()
    {
        Given(Process(Child).Saying("second") with { Actor = Kim }, Deploy(Child) with { Actor = Lee });
        When(Deploy(P) with { Actor = Kim });
        Denied(RefusalCodes.ReviserDeploys);
    }

    [Fact]
    public void is_denied_where_an_earlier_version_was_brought_back_since()
    {
        Given(Process(P, Child).Saying("second") with { Actor = Kim }, Deploy(P) with { Actor = Lee }, Redeploy(P, 1) with { Actor = Lee });
        When(Deploy(P) with { Actor = Kim });
        Denied(RefusalCodes.ReviserDeploys);
    }

    [Fact]
    public void is_denied_where_nothing_was_deployed_before()
    {
        When(Deploy(Q) with { Actor = Lee });
        Denied(RefusalCodes.ReviserDeploys);
        When(Deploy(Q) with { Actor = Kim });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void is_denied_where_one_of_several_was_revised()
    {
        When(DeployAll(P, Q) with { Actor = Lee });
        Denied(RefusalCodes.ReviserDeploys).Details.ShouldBeOfType<ComponentsDetails>().ComponentIds.ShouldBe([Q]);
        Picture.Versions[P].Count.ShouldBe(1);
    }

    [Fact]
    public void is_let_with_what_was_deployed_already()
    {
        Given(Process(P, Child).Saying("second") with { Actor = Kim });
        When(Redeploy(P, 1) with { Actor = Kim });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    /// <summary>Once it is a package, nobody asks who promotes it.</summary>
    [Fact]
    public void is_denied_as_a_package_too()
    {
        Given(UseEnvironments(true), Process(Child).Saying("second") with { Actor = Kim });
        When(Package(P, "2026.11") with { Actor = Kim });
        Denied(RefusalCodes.ReviserDeploys).Details.ShouldBeOfType<ComponentsDetails>().ComponentIds.ShouldBe([Child]);
        When(Package(P, "2026.11") with { Actor = Lee });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        When(Label(P, 1, "2026.10") with { Actor = Kim });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void is_denied_a_key_as_much()
    {
        Given(Issue(Key, "ci", "administrator"));
        By(Authority.OfKey(Key));
        Given(Process(Child).Saying("second") with { Actor = "key:ci" });
        When(Deploy(P) with { Actor = "key:ci" });
        Denied(RefusalCodes.ReviserDeploys);
    }

    /// <summary>What is looked up while a batch is decided does not know what the batch itself made.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void is_denied_in_the_batch_of_the_revision(bool lookedUpBefore, bool revisedBefore)
    {
        if (revisedBefore) Given(Process(Child).Saying("between") with { Actor = Ana });
        var deploy = Deploy(P) with { Actor = Kim };
        var account = lookedUpBefore ? World.Lookup(deploy, Account.Empty) : Account.Empty;
        account = Made(Process(Child).Saying("second") with { Actor = Kim }, account);
        account = Made(Process(Child).Saying("third") with { Actor = Lee }, account);
        account = World.Lookup(deploy, account);
        Decider.Decide(deploy, account, occasion: World.Next).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCodes.ReviserDeploys);
        Decider.Decide(deploy with { Actor = Lee }, account, occasion: World.Next).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCodes.ReviserDeploys);
        var byAna = Decider.Decide(deploy with { Actor = Ana }, account, occasion: World.Next);
        if (revisedBefore) byAna.Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCodes.ReviserDeploys);
        else byAna.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    private Account Made(Command save, Account account)
    {
        account = World.Lookup(save, account);
        var made = Decider.Decide(save, account, occasion: World.Next).Events.ShouldHaveSingleItem().ShouldBeOfType<RevisionMade>();
        return account.Evolve(made).Revised(made, save.Actor!);
    }
}
