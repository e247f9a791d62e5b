using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Being_denied : Acting
{
    public Being_denied()
    {
        Given(Process(P), Process(Q), Atom(A), Atom(B), Attach(P, A), Deploy(P), Member(Kim, "administrator"), Member(Lee, "viewer"));
        By(Authority.OfActor);
    }

    [Fact]
    public void says_what_is_missing_and_leaves_the_attempt_and_nothing_else()
    {
        When(Move(P, [A], [B]) with { Actor = Lee });
        var refusal = Denied(RefusalCodes.NotAllowed);
        refusal.Message.ShouldBe("lee@example.com may not: none of the roles of lee@example.com holds deploy.");
        refusal.Details.ShouldBe(new PrivilegeDetails(Privilege.Deploy, null));
        Json.Of(Decision.Events).ShouldBe(Json.Of([new AccessDenied
        {
            Act = "processdeployment.move-process.v1", Code = RefusalCodes.NotAllowed, Message = refusal.Message, Privilege = Privilege.Deploy, Subjects = [P, A, B],
        }]));
        (Decision.Audit, Decision.Warnings.Count).ShouldBe((null, 0));
    }

    [Fact]
    public void by_a_rule_names_no_privilege()
    {
        Given(Frozen("2026-11-01T00:00:00Z", "2027-01-02T00:00:00Z") with { Actor = Kim });
        When(DeployAll(P, Q) with { Actor = Kim });
        Denied(RefusalCodes.Frozen);
        var denied = Decision.Events.OfType<AccessDenied>().Single();
        denied.Privilege.ShouldBeNull();
        denied.Subjects.ShouldBe([P, Q]);
    }

    [Fact]
    public void names_each_subject_once_and_the_first_few_only()
    {
        When(Attach(P, [.. Enumerable.Range(100, 90).Select(Id), Id(100)]) with { Actor = Lee });
        Denied(RefusalCodes.NotAllowed);
        var subjects = Decision.Events.OfType<AccessDenied>().Single().Subjects;
        subjects.ShouldBeUnique();
        subjects.ShouldBe([P, .. Enumerable.Range(100, ProcessesDetails.MostInUse - 1).Select(Id)]);
    }

    [Fact]
    public void changes_nothing()
    {
        var before = (Json.Of([.. World.Events.Select(recorded => recorded.Event)]), Account.Access, Account.Components[P], Account.Licences);
        foreach (var command in new Command[] { Deploy(P), Process(P).Saying("second"), Purchase(1), Member(Lee, "administrator"), DeleteAtom(A, force: true), Issue(Key, "ci", "administrator") })
        {
            When(command with { Actor = Lee });
            Denied(RefusalCodes.NotAllowed);
        }

        (Json.Of([.. World.Events.Select(recorded => recorded.Event).Where(@event => @event is not AccessDenied)]), Account.Access, Account.Components[P], Account.Licences).ShouldBe(before);
        World.Events.Count(recorded => recorded.Event is AccessDenied).ShouldBe(6);
    }

    [Fact]
    public void is_said_before_anything_of_what_there_is()
    {
        foreach (var process in new[] { P, Nobody })
        {
            When(Redeploy(process, 99) with { Actor = Lee });
            Denied(RefusalCodes.NotAllowed).Message.ShouldNotContain($"{process}");
        }
    }

    [Fact]
    public void never_happens_where_nobody_says_on_whose_word_it_comes()
    {
        World.By = null;
        When(Purchase(1) with { Actor = Lee });
        Decision.Status.ShouldBe(OutcomeStatus.Accepted);
    }
}
