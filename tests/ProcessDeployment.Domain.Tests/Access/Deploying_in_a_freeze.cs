using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>From the 20th of December until the 2nd of January.</summary>
public sealed class Deploying_in_a_freeze : Acting
{
    private const string From = "2026-12-20T00:00:00Z", Within = "2026-12-24T12:00:00Z", Later = "2026-12-28T12:00:00Z", Until = "2027-01-02T00:00:00Z";

    public Deploying_in_a_freeze() => Given(Process(P), Process(Q), Atom(A), Atom(B), Attach(P, A), Deploy(P));

    [Theory]
    [InlineData("2026-11-30T10:00:00Z", false)]
    [InlineData("2026-12-19T23:59:59Z", false)]
    [InlineData(From, true)]
    [InlineData(Within, true)]
    [InlineData("2027-01-01T23:59:59Z", true)]
    [InlineData(Until, false)]
    [InlineData("2028-01-01T00:00:00Z", false)]
    public void is_denied_while_it_lasts_and_neither_before_nor_after(string moment, bool denied)
    {
        Given(Frozen(From, Until));
        Stopped(moment, Deploy(P), denied ? [P] : []);
    }

    [Fact]
    public void is_denied_with_everything_that_brings_another_version_somewhere()
    {
        Given(Frozen(From, Until));
        Stopped(Within, DeployAll(P, Q), P, Q);
        Stopped(Within, Redeploy(P, 1), P);
        Stopped(Within, Attach(P, B), P);
        Stopped(Within, Move(P, [A], [B]), P);
        Stopped(Within, Promote(P, 1, Live), P);
        Stopped(Within, ProcessInto(Live, P), P);
    }

    [Fact]
    public void still_lets_stop_what_does_harm()
    {
        Given(Frozen(From, Until));
        foreach (var command in new Command[] { Detach(P, A), ProcessOutOf(Live, P), Stop(A), DeleteAtom(A, force: true), Process(P).Saying("second") }) Stopped(Within, command);
    }

    [Fact]
    public void is_judged_when_it_takes_effect_by_the_time_of_the_account()
    {
        var now = World.At(World.Events.Count + 2);
        Given(Frozen(Text(now), Text(now.AddMinutes(1))));
        By(Authority.OfActor);
        When(Deploy(P));
        Denied(RefusalCodes.Frozen);
        When(Deploy(P));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);

        static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void is_denied_in_its_environments_only()
    {
        Given(Detach(P, A), UseEnvironments(true), Environment(Dev, Classification.Test, order: 1), Environment(Live, order: 2), Frozen(From, Until, Live));
        Stopped(Within, DeployTo(Dev, P));
        Stopped(Within, Deploy(P));
        Stopped(Within, DeployTo(Live, P), P);
        Stopped(Within, Promote(P, 1, Live), P);
        Given(Frozen(From, Until));
        Stopped(Within, DeployTo(Dev, P), P);
        Given(UseEnvironments(false), Frozen(From, Until, Live));
        Stopped(Within, Deploy(P));
    }

    [Fact]
    public void is_let_those_that_pass_while_they_pass()
    {
        Given(Frozen(From, Until), Pass(Later, P, Id(5)));
        Stopped(Within, Deploy(P));
        Stopped(Within, DeployAll(P, Id(5)));
        Stopped(Within, DeployAll(P, Q), Q);
        Stopped("2026-12-28T11:59:59Z", Deploy(P));
        Stopped(Later, Deploy(P), P);
        Stopped("2026-12-29T00:00:00Z", DeployAll(P, Q), P, Q);
    }

    [Fact]
    public void is_let_each_by_its_own_latest_override()
    {
        Given(Frozen(From, Until), Pass(Within, P, Q), Pass(Later, Q));
        Stopped("2026-12-25T00:00:00Z", DeployAll(P, Q), P);
        Given(Pass("2026-12-20T00:00:01Z", Q));
        Stopped("2026-12-25T00:00:00Z", DeployAll(P, Q), P, Q);
    }

    [Fact]
    public void is_asked_again_after_the_freeze_was_changed()
    {
        Given(Frozen(From, Until), Pass(Later, P), Frozen(From, "2027-01-03T00:00:00Z"));
        Stopped(Within, Deploy(P), P);
        Given(Pass(Later, P));
        When(Frozen(From, "2027-01-03T00:00:00Z"));
        Then();
        Stopped(Within, Deploy(P));
    }

    [Fact]
    public void is_let_when_it_was_lifted_and_asks_again_when_it_is_set_anew()
    {
        Given(Frozen(From, Until), Pass(Later, P), new LiftFreeze { FreezeId = Freeze });
        Stopped(Within, Deploy(P));
        Given(Frozen(From, Until));
        Stopped(Within, Deploy(P), P);
    }

    [Fact]
    public void is_denied_by_the_other_of_two_that_overlap()
    {
        Given(Frozen(From, Until), Frozen(Within, Until) with { FreezeId = Id(65), Name = "Audit" }, Pass(Until, P));
        Stopped(From, Deploy(P));
        At(Within, Deploy(P)).Refusal.ShouldNotBeNull().Message.ShouldStartWith("Audit: nothing is deployed until 2027-01-02 00:00:00Z");
    }

    /// <summary>What a command is answered at that time; whatever else may stand against it does not matter here.</summary>
    private void Stopped(string moment, Command command, params Guid[] processIds)
    {
        var decision = At(moment, command);
        if (processIds.Length == 0)
        {
            decision.Events.OfType<AccessDenied>().ShouldBeEmpty($"{moment} {command}");
            return;
        }

        decision.Refusal.ShouldNotBeNull($"{moment} {command}").Code.ShouldBe(RefusalCodes.Frozen);
        var details = decision.Refusal.Details.ShouldBeOfType<FrozenDetails>();
        details.FreezeId.ShouldBe(Freeze);
        details.ProcessIds.ShouldBe(processIds);
    }
}
