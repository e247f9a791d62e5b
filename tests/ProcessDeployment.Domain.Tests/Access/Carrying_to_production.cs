using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>Production had version 1 before anybody asked for tests; Dev is for tests, and there is a second production.</summary>
public sealed class Carrying_to_production : Acting
{
    public Carrying_to_production()
    {
        Given(
            Process(P), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, order: 2, name: "Live"), Environment(Id(33), order: 3, name: "Live too"),
            ProcessInto(Dev, P), ProcessInto(Live, P), ProcessInto(Id(33), P), DeployTo(Live, P), new SetChangeRules { ProductionAfterTest = true });
        By(Authority.OfActor);
    }

    [Fact]
    public void straight_is_denied()
    {
        foreach (var command in new Command[] { DeployTo(Live, P), DeployAll(P) with { EnvironmentId = Live }, Redeploy(P, 1) with { EnvironmentId = Live } })
        {
            When(command);
            Denied(RefusalCodes.NotTested);
        }
    }

    [Fact]
    public void straight_is_denied_where_production_is_first_and_none_is_named()
    {
        Given(Update(Dev, order: 9));
        When(Deploy(P));
        Denied(RefusalCodes.NotTested);
    }

    [Fact]
    public void what_was_in_no_test_is_denied()
    {
        Given(Process(P).Saying("second"), DeployTo(Dev, P));
        When(Promote(P, 1, Id(33)));
        Denied(RefusalCodes.NotTested).Message.ShouldEndWith("version 1 was in none.");
        When(Promote(P, 7, Live));
        Denied(RefusalCodes.NotTested);
    }

    [Fact]
    public void what_was_tested_is_let()
    {
        Given(Process(P).Saying("second"), DeployTo(Dev, P));
        When(Promote(P, 2, Live));
        Then<VersionPromoted>(promoted => promoted.FormerVersion.ShouldBe(1));
    }

    [Fact]
    public void what_was_tested_once_is_let_though_test_has_another_now_or_is_gone()
    {
        Given(DeployTo(Dev, P), DeployTo(Dev, P));
        When(Promote(P, 2, Live));
        Judged();
        Given(ProcessOutOf(Dev, P), DeleteEnvironment(Dev));
        When(Promote(P, 3, Live));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void what_it_had_before_is_let_back()
    {
        Given(DeployTo(Dev, P), Promote(P, 2, Live));
        When(Promote(P, 1, Live));
        Then<VersionPromoted>(promoted => promoted.FormerVersion.ShouldBe(2));
    }

    [Fact]
    public void what_another_production_had_is_denied()
    {
        When(Promote(P, 1, Id(33)));
        Denied(RefusalCodes.NotTested);
        Given(Promote(P, 1, Dev));
        When(Promote(P, 1, Id(33)));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    [Fact]
    public void what_is_new_there_is_no_test_of_the_same_content()
    {
        Given(DeployTo(Dev, P));
        When(Redeploy(P, 2) with { EnvironmentId = Live });
        Denied(RefusalCodes.NotTested);
    }

    [Fact]
    public void is_asked_of_no_other_process()
    {
        Given(Process(Q), ProcessInto(Dev, Q), ProcessInto(Live, Q), DeployTo(Dev, P), DeployTo(Dev, P));
        Given(DeployTo(Dev, Q));
        When(Promote(Q, 2, Live));
        Denied(RefusalCodes.NotTested);
        When(Promote(Q, 1, Live));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        When(Promote(Nobody, 1, Live));
        Denied(RefusalCodes.NotTested);
    }

    [Fact]
    public void is_asked_of_nothing_while_environments_are_off()
    {
        Given(ProcessOutOf(Dev, P), ProcessOutOf(Live, P), ProcessOutOf(Id(33), P), UseEnvironments(false));
        When(Deploy(P));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }
}
