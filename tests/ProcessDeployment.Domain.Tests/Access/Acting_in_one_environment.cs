using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>Kim is administrator in Dev and nothing anywhere else.</summary>
public sealed class Acting_in_one_environment : Acting
{
    private static readonly Dictionary<string, Func<Guid, Guid, Command>> Within = new()
    {
        ["deploy"] = (environment, _) => DeployTo(environment, P),
        ["deploy several"] = (environment, _) => DeployAll(P) with { EnvironmentId = environment },
        ["re-deploy"] = (environment, _) => Redeploy(P, 1) with { EnvironmentId = environment },
        ["promote"] = (environment, _) => Promote(P, 1, environment),
        ["attach a Process"] = (environment, _) => ProcessInto(environment, P),
        ["detach a Process"] = (environment, _) => ProcessOutOf(environment, P),
        ["attach an Atom"] = AtomInto,
        ["detach an Atom"] = AtomOutOf,
        ["change the environment"] = (environment, _) => Update(environment, order: 9),
        ["set extensions"] = (_, atom) => Extend(P, atom),
        ["set schedules"] = (_, atom) => Schedule(P, atom),
        ["stop schedules"] = (_, atom) => Stop(atom),
        ["resume schedules"] = (_, atom) => Resume(atom),
        ["pause listeners"] = (_, atom) => Pause(atom),
        ["resume listeners"] = (_, atom) => ResumeListening(atom),
        ["restart listeners"] = (_, atom) => Say.Restart(atom),
        ["execute"] = (_, atom) => Execute(P, atom),
        ["rename an Atom"] = (_, atom) => Rename(atom, "Berlin"),
        ["delete an Atom"] = (_, atom) => DeleteAtom(atom, force: true),
        ["issue a token"] = (_, atom) => Say.Issue(atom, Id(70)),
        ["revoke a token"] = (_, atom) => Say.Revoke(atom, Id(70)),
        ["report a status"] = (_, atom) => Tell(atom, AtomStatus.Offline),
        ["acknowledge a version"] = (_, atom) => Downloaded(P, atom, 1, new('a', 64)),
    };

    private static readonly Dictionary<string, Command> Beyond = new()
    {
        ["save"] = Process(P),
        ["register an Atom"] = Atom(C),
        ["use an Atom that is in no environment"] = Rename(C, "Rome"),
        ["make an environment"] = Environment(Id(35)),
        ["delete an environment"] = DeleteEnvironment(Dev),
        ["package"] = Package(P, "2026.11"),
        ["label a version"] = Label(P, 1, "2026.11"),
        ["withdraw a version"] = Withdraw(P, 1),
        ["turn environments off"] = UseEnvironments(false),
        ["buy"] = Purchase(3),
        ["set a webhook"] = Hook(Id(50), "0123456789abcdef"),
        ["set a freeze"] = Frozen("2026-12-20T00:00:00Z", "2027-01-02T00:00:00Z", Dev),
        ["become administrator"] = Member(Kim, "administrator"),
        ["make a key"] = Issue(Key, "ci", "administrator"),
        ["set rules"] = new SetChangeRules { SignedOnly = false },
    };

    public Acting_in_one_environment()
    {
        Given(
            Process(P), Atom(A), Atom(B), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1, name: "Dev"), Environment(Live, order: 2, name: "Live"),
            AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), ProcessInto(Live, P), DeployTo(Dev, P), Promote(P, 1, Live), Tell(A, AtomStatus.Online), Tell(B, AtomStatus.Online),
            Member(Lee, "administrator"), Member(Kim, In(Dev, "administrator")));
        By(Authority.OfActor);
    }

    public static TheoryData<string> ActsWithin => [.. Within.Keys];

    public static TheoryData<string> ActsBeyond => [.. Beyond.Keys];

    [Theory]
    [MemberData(nameof(ActsWithin))]
    public void is_let_there(string act)
    {
        When(Within[act](Dev, A) with { Actor = Kim });
        Judged(act);
    }

    [Theory]
    [MemberData(nameof(ActsWithin))]
    public void is_denied_elsewhere(string act)
    {
        When(Within[act](Live, B) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed).Message.ShouldEndWith(" in Live.");
        Decision.Refusal!.Details.ShouldBeOfType<PrivilegeDetails>().EnvironmentId.ShouldBe(Live);
    }

    [Theory]
    [MemberData(nameof(ActsBeyond))]
    public void is_denied_what_is_of_the_whole_account(string act)
    {
        if (act.StartsWith("use", StringComparison.Ordinal)) Given(Atom(C) with { Actor = Lee });
        When(Beyond[act] with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBeOfType<PrivilegeDetails>().EnvironmentId.ShouldBeNull();
    }

    [Fact]
    public void is_let_deploy_to_the_first_one_where_none_is_named()
    {
        When(Deploy(P) with { Actor = Kim });
        Judged();
        Given(Update(Dev, order: 3) with { Actor = Lee });
        When(Deploy(P) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.Deploy, Live));
    }

    [Fact]
    public void does_not_take_an_atom_out_of_another()
    {
        When(AtomInto(Dev, B) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.EnvironmentWrite, Live));
        Account.LiveAtom(B)!.EnvironmentId.ShouldBe(Live);
        When(AtomInto(Live, A) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.EnvironmentWrite, Live));
        Given(Member(Kim, In(Dev, "administrator"), In(Live, "administrator")) with { Actor = Lee });
        When(AtomInto(Dev, B) with { Actor = Kim });
        Judged();
    }

    [Fact]
    public void cancels_what_runs_there_and_nothing_else()
    {
        var (here, there) = (World.Next.CommandId, Id(0));
        Given(Execute(P, A) with { Actor = Kim });
        there = World.Next.CommandId;
        Given(Execute(P, B) with { Actor = Lee });
        When(Cancel(here) with { Actor = Kim });
        Judged();
        When(Cancel(there) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed).Details.ShouldBe(new PrivilegeDetails(Privilege.Execute, Live));
        When(Cancel(Nobody) with { Actor = Kim });
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void opens_nothing_while_environments_are_off()
    {
        By(Authority.Operator);
        Given(ProcessOutOf(Dev, P), ProcessOutOf(Live, P), AtomOutOf(Dev, A), AtomOutOf(Live, B), UseEnvironments(false));
        By(Authority.OfActor);
        foreach (var command in new Command[] { Deploy(P), DeployTo(Dev, P), Attach(P, A), Rename(A, "Berlin"), Update(Dev, order: 9) })
        {
            When(command with { Actor = Kim });
            Denied(RefusalCodes.NotAllowed).Details.ShouldBeOfType<PrivilegeDetails>().EnvironmentId.ShouldBeNull();
        }
    }
}
