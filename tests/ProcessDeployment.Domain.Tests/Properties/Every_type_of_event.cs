using System.Text.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Properties;

public sealed class Every_type_of_event : Situation
{
    private static IEnumerable<Type> Types => typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract);

    /// <summary>A story in which everything happens that can happen.</summary>
    private void Everything()
    {
        Given(
            Connection(Crm), Process(P, Crm), Atom(A), Rename(A, "Berlin"), Atom(B), Purchase(0), Enforce(LicenceEnforcement.Tolerant),
            Attach(P, A), Detach(P, A), Deploy(P), Component(Map), Delete(Map), Restore(Map), DeleteAtom(B));
        Given(Process(Q), Atom(C), Tell(C, AtomStatus.Online), Issue(C, A), Revoke(C, A), Attach(Q, C), Deploy(Q));
        var digest = World.Events.Select(recorded => recorded.Event).OfType<VersionDeployed>().Last().Digest;
        Given(Downloaded(Q, C, 1, digest), NotDownloaded(Q, C, 1, digest, "altered"));
        Given(Process(Child).Declaring("url", "secret"), Attach(Child, C), Deploy(Child), Extend(Child, C, ("url", "one"), ("secret", "two")), Extend(Child, C, ("url", "one")) with { Partial = false });
        Given(Schedule(Q, C, new Schedule { Minutes = "0", Hours = "*" }) with { Retry = new(1, [new() { Minutes = "*", Hours = "*" }]) }, Stop(C, Q), Resume(C, Q), Tell(C, AtomStatus.Offline), Due(Q, C, World.At(0)), Tell(C, AtomStatus.Online), Process(Q).Listening(), Deploy(Q), Pause(C, Q), Say.Restart(C, Q), Pause(C), ResumeListening(C), Process(Q), Deploy(Q));
        var execution = World.Next.CommandId;
        Given(Execute(Q, C), Ran(C, execution, ExecutionStatus.Started), Cancel(execution), Ran(C, execution, ExecutionStatus.Aborted));
        Given(Resume(C, Q));
        execution = World.Next.CommandId;
        Given(Due(Q, C, World.At(0)), Ran(C, execution, ExecutionStatus.Error));
        Given(
            Environment(Dev), Update(Dev, order: 3), DeleteEnvironment(Dev), Detach(Q, C), Detach(Child, C), UseEnvironments(true), UseEnvironments(false), UseEnvironments(true),
            Environment(Live, Classification.Test), ProcessInto(Live, Q), AtomInto(Live, C), Promote(Q, 1, Live), Package(Q, "2026.11"), Withdraw(Q, 4), ProcessOutOf(Live, Q), AtomOutOf(Live, C));
        Given(Hook(Id(50), "0123456789abcdef"), new DeleteWebhook { WebhookId = Id(50) });
        Given(
            new SetMember { Member = World.Kim, Roles = [new(BuiltInRoles.Administrator)] }, new SetMember { Member = "ana", Roles = [new("viewer")] }, new RemoveMember { Member = "ana" },
            new SetRole { Role = "nights", Privileges = [Privilege.Execute] }, new DeleteRole { Role = "nights" },
            new IssueApiKey { KeyId = Id(61), Name = "ci", SecretHash = new('b', 64), Roles = [new("deployer")] }, new RevokeApiKey { KeyId = Id(61) },
            new RegisterProducer { ProducerId = Id(62), Name = "designer", Login = "designer" }, new RemoveProducer { ProducerId = Id(62) },
            new SetChangeRules { SignedOnly = true }, new SetFreeze { FreezeId = Id(63), Name = "Christmas", From = "2026-12-20T00:00:00Z", Until = "2027-01-02T00:00:00Z" },
            new OverrideFreeze { FreezeId = Id(63), ProcessIds = [Q], Until = "2026-12-24T12:00:00Z", Reason = "A defect" }, new LiftFreeze { FreezeId = Id(63) });
        World.By = Authority.OfAtom(C);
        When(Purchase(1));
        Decision.Status.ShouldBe(OutcomeStatus.Refused);
        World.By = null;
        foreach (Command refused in new Command[] { Attach(P, A), Redeploy(P, 7), Move(P, [A], [A]), AtomInto(Nobody, A), Promote(P, 7, Live) })
        {
            When(refused);
            Decision.Status.ShouldBe(OutcomeStatus.Refused);
        }
    }

    /// <summary>What is done with the records is noted, not decided.</summary>
    [Fact]
    public void is_made_by_some_command_unless_it_tells_of_the_records()
    {
        Everything();
        World.Events.Select(recorded => recorded.Event.GetType()).ToHashSet().ShouldBe(Types.Where(type => !type.IsSubclassOf(typeof(OperationEvent))), ignoreOrder: true);
    }

    [Fact]
    public void that_tells_of_the_records_changes_nothing_in_the_account()
    {
        var noted = new SettingsChanged { Changes = [new("PROCESSDEPLOYMENT_ACCOUNT", "local", "acme")] };
        Decider.Decide(new RecordOperation { AccountId = "acme", Actor = "kim", Happened = noted }, Account.Empty).Events.ShouldBe([noted]);
        Account.Empty.Evolve(noted).ShouldBe(Account.Empty);
    }

    [Fact]
    public void changes_the_account_unless_it_tells_of_what_did_not_happen()
    {
        Everything();
        var store = new Store();
        foreach (var @event in World.Events.Select(recorded => recorded.Event))
        {
            var before = store.Complete;
            store.Record(@event);
            Seen(store.Complete).Equals(Seen(before), StringComparison.Ordinal).ShouldBe(@event is RunsMissed or AccessDenied || @event.GetType().Name.EndsWith("Refused", StringComparison.Ordinal), @event.GetType().Name);
        }
    }

    [Fact]
    public void has_a_wire_name_of_its_own()
    {
        var names = Types.Select(WireNameAttribute.Of).ToList();
        names.ShouldBeUnique();
        names.ShouldAllBe(name => name.StartsWith("processdeployment.", StringComparison.Ordinal) && name.EndsWith(".v1", StringComparison.Ordinal));
    }

    [Fact]
    public void says_the_same_after_it_was_folded_twice()
    {
        Everything();
        var (once, twice) = (new Store(), new Store());
        foreach (var recorded in World.Events) once.Record(recorded.Event);
        foreach (var recorded in World.Events) twice.Record(recorded.Event);
        Seen(once.Complete).ShouldBe(Seen(twice.Complete));
    }

    private static string Seen(Account account) => JsonSerializer.Serialize(new
    {
        Components = account.Components.Values.OrderBy(component => component!.ComponentId),
        Atoms = account.Atoms.Values.OrderBy(atom => atom!.AtomId),
        Attachments = account.Attachments.Values.OrderBy(attachment => attachment!.ProcessId).ThenBy(attachment => attachment!.AtomId),
        Executions = account.Executions.Values.OrderBy(execution => execution!.ExecutionId),
        account.Environments!.Enabled,
        Environments = account.Environments!.All.Values.OrderBy(environment => environment.EnvironmentId),
        Webhooks = account.Webhooks.Values.OrderBy(webhook => webhook!.WebhookId),
        account.Access,
        account.Licences!.Mode,
        Pools = account.Licences.Pools.Select(pool => $"{pool.Key} {pool.Value}"),
        Versions = account.Versions.Values.SelectMany(versions => versions).Select(version => version.ToString()).Order(StringComparer.Ordinal),
    });
}
