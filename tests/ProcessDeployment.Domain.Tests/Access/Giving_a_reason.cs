using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Giving_a_reason : Acting
{
    private static readonly Dictionary<string, Command> Changes = new()
    {
        ["deploy"] = Deploy(P),
        ["deploy several"] = DeployAll(P, Q),
        ["re-deploy"] = Redeploy(P, 1),
        ["attach"] = Attach(P, B),
        ["detach"] = Detach(P, A),
        ["move"] = Move(P, [A], [B]),
    };

    private static readonly Dictionary<string, Func<Guid, Command>> ChangesWithin = new()
    {
        ["deploy"] = environment => DeployTo(environment, P),
        ["deploy several"] = environment => DeployAll(P) with { EnvironmentId = environment },
        ["re-deploy"] = environment => Redeploy(P, 1) with { EnvironmentId = environment },
        ["promote"] = environment => Promote(P, 1, environment),
        ["attach"] = environment => ProcessInto(environment, P),
        ["detach"] = environment => ProcessOutOf(environment, P),
    };

    public Giving_a_reason() => Given(Process(P), Process(Q), Atom(A), Atom(B));

    public static TheoryData<string, ReasonRule> ActsAndRules => Rows(Changes.Keys);

    public static TheoryData<string, ReasonRule> ActsWithinAndRules => Rows(ChangesWithin.Keys);

    [Theory]
    [MemberData(nameof(ActsAndRules))]
    public void is_asked_of_every_change_where_there_are_no_environments(string act, ReasonRule rule)
    {
        Given(Attach(P, A), Deploy(P));
        Set(rule);
        When(Changes[act]);
        Asked(rule != ReasonRule.Never);
        When(Changes[act] with { Reason = " \n" });
        Asked(rule != ReasonRule.Never);
        When(Changes[act] with { Reason = "Go live" });
        Judged();
    }

    [Theory]
    [MemberData(nameof(ActsWithinAndRules))]
    public void is_asked_of_changes_to_test_only_where_it_always_is(string act, ReasonRule rule)
    {
        WithEnvironments();
        Set(rule);
        When(ChangesWithin[act](Dev));
        Asked(rule == ReasonRule.Always);
    }

    [Theory]
    [MemberData(nameof(ActsWithinAndRules))]
    public void is_asked_of_changes_to_production(string act, ReasonRule rule)
    {
        WithEnvironments();
        Set(rule);
        When(ChangesWithin[act](Live));
        Asked(rule != ReasonRule.Never);
        When(ChangesWithin[act](Live) with { Reason = "Go live" });
        Judged();
    }

    [Fact]
    public void is_asked_where_nobody_knows_where_it_goes()
    {
        WithEnvironments();
        Set(ReasonRule.Production);
        When(DeployTo(Nobody, P));
        Denied(RefusalCodes.ReasonRequired);
    }

    [Fact]
    public void is_asked_of_nothing_but_changes_of_what_runs()
    {
        Given(Attach(P, A), Deploy(P), Tell(A, AtomStatus.Online));
        Set(ReasonRule.Always);
        foreach (var command in new Command[] { Process(P).Saying("second"), Atom(C), Execute(P, A), Schedule(P, A), Purchase(1), new SetChangeRules { ReasonRequired = ReasonRule.Never } })
        {
            When(command);
            Decision.Status.ShouldBe(OutcomeStatus.Accepted, $"{command}");
        }
    }

    [Fact]
    public void is_asked_no_more_once_the_rule_is_gone()
    {
        Set(ReasonRule.Always);
        When(Deploy(P));
        Denied(RefusalCodes.ReasonRequired);
        Given(new SetChangeRules { ReasonRequired = ReasonRule.Never });
        When(Deploy(P));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }

    private static TheoryData<string, ReasonRule> Rows(IEnumerable<string> acts)
    {
        var rows = new TheoryData<string, ReasonRule>();
        foreach (var act in acts)
        {
            foreach (var rule in Enum.GetValues<ReasonRule>()) rows.Add(act, rule);
        }

        return rows;
    }

    private void WithEnvironments() => Given(
        UseEnvironments(true), Environment(Dev, Classification.Test, order: 1), Environment(Live, order: 2), ProcessInto(Dev, P), ProcessInto(Live, P), DeployTo(Dev, P));

    private void Set(ReasonRule rule)
    {
        if (rule != ReasonRule.Never) Given(new SetChangeRules { ReasonRequired = rule });
        By(Authority.OfActor);
    }

    private void Asked(bool asked)
    {
        if (asked) Denied(RefusalCodes.ReasonRequired).Details.ShouldBeNull();
        else Judged();
    }
}
