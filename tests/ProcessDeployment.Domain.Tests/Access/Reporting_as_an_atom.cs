using System.Runtime.CompilerServices;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Reporting_as_an_atom : Acting
{
    public Reporting_as_an_atom()
    {
        Given(Process(P), Atom(A), Atom(B), Attach(P, A), Deploy(P), Tell(A, AtomStatus.Online));
        By(Authority.OfAtom(A));
    }

    [Fact]
    public void tells_of_itself()
    {
        When(Tell(A, AtomStatus.Offline));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
        When(Ran(A, Id(70), ExecutionStatus.Started));
        Judged();
        When(Downloaded(P, A, 1, new('a', 64)));
        Judged();
    }

    [Fact]
    public void tells_of_no_other()
    {
        foreach (var command in new Command[] { Tell(B, AtomStatus.Offline), Ran(B, Id(70), ExecutionStatus.Started), Downloaded(P, B, 1, new('a', 64)) })
        {
            When(command);
            Denied(RefusalCodes.NotAllowed).Message.ShouldContain($"{A}");
            Decision.Refusal!.Details.ShouldBeNull();
        }
    }

    [Fact]
    public void does_nothing_else_whoever_it_says_it_is()
    {
        Given(new MemberSet { Member = Kim, Roles = [new("administrator")] });
        foreach (var type in CommandCatalogue.All.Where(type => !type.Type.IsAssignableTo(typeof(IReportOfAtom))))
        {
            var command = (Command)RuntimeHelpers.GetUninitializedObject(type.Type) with { Actor = Kim };
            AccessRules.Denies(command, Account, new(Id(1), default, Authority.OfAtom(A))).ShouldNotBeNull(type.WireName).Code.ShouldBe(RefusalCodes.NotAllowed);
        }
    }

    [Fact]
    public void is_asked_for_no_role()
    {
        Given(new MemberSet { Member = Kim, Roles = [new("administrator")] });
        When(Tell(A, AtomStatus.Offline));
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }
}
