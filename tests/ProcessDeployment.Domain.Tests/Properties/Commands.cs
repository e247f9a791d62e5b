using CsCheck;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Properties;

/// <summary>Random commands over so few ids that they meet: processes, connections of two classes, Atoms, and an id that is nobody's.</summary>
internal static class Commands
{
    private static readonly Gen<Guid> Processes = Gen.Frequency((15, Gen.OneOf(P, Q, Child, Grandchild)), (1, Gen.OneOf(Map, Nobody)));
    private static readonly Gen<Guid> Components =
        Gen.Frequency((30, Gen.OneOf(P, Q, Child, Grandchild, Map, Crm, Erp, Ftp, Crm, Erp, Ftp)), (1, Gen.Const(Nobody)));
    private static readonly Gen<Guid> Atoms = Gen.Frequency((30, Gen.OneOf(A, B, C)), (1, Gen.Const(Nobody)));
    private static readonly Gen<Schedule> Schedules = Gen.Select(Gen.OneOf("0", "*", "0-59/15"), Gen.OneOf("*", "2"), (minutes, hours) => new Schedule { Minutes = minutes, Hours = hours });

    /// <summary>Ids of the commands that may have asked for them, and a few that none did.</summary>
    private static readonly Gen<Guid> Executions = Gen.Int[1015, 1070].Select(Id);
    private static readonly Gen<ExecutionStatus> Statuses = Gen.OneOf(ExecutionStatus.Started, ExecutionStatus.Started, ExecutionStatus.Complete, ExecutionStatus.Error);
    private static readonly Gen<Guid[]> SomeAtoms = Atoms.Array[1, 3];
    private static readonly Gen<Guid> Environments = Gen.Frequency((30, Gen.OneOf(Dev, Live, Spare)), (1, Gen.Const(Nobody)));
    private static readonly Gen<string> Texts = Gen.OneOf("one", "two", "three");
    private static readonly Gen<ConnectorClass> Classes = Gen.OneOf(ConnectorClass.Standard, ConnectorClass.Enterprise);

    private static readonly Gen<ComponentReference> References =
        Gen.Select(Components, Gen.Int[0, 9], (id, die) => new ComponentReference(id, die == 0 ? ReferenceKind.Independent : ReferenceKind.Dependent));

    private static readonly Gen<Command> Save = Gen.Select(
        Components, References.Array[0, 3], Texts, Classes, Gen.Int[0, 19],
        (id, references, text, @class, die) => (Command)(SavedAs(id, @class, die) with { References = [.. references], Content = text }));

    private static readonly Gen<Command> Deploying = Gen.Select(
        Processes, Gen.Int[0, 9],
        (id, die) => (Command)(Say.Deploy(id) with { ExpectedVersion = die == 0 ? 1 : null, OnlyIfChanged = die == 1 }));

    public static readonly Gen<Command> Any = Gen.Frequency(
        (6, Save),
        (5, Deploying),
        (5, Gen.Select(Processes, SomeAtoms, (id, atoms) => (Command)Attach(id, atoms))),
        (3, Gen.Select(Processes, SomeAtoms, (id, atoms) => (Command)Detach(id, atoms))),
        (2, Gen.Select(Processes, Gen.Int[1, 3], (id, version) => (Command)Redeploy(id, version))),
        (2, Gen.Select(Processes, Texts, (id, label) => (Command)Package(id, label))),
        (2, Gen.Select(Processes, Gen.Int[1, 3], Texts, (id, version, label) => (Command)Label(id, version, label))),
        (1, Gen.Select(Processes, Gen.Int[1, 3], (id, version) => (Command)Withdraw(id, version))),
        (2, Processes.Array[1, 4].Select(ids => (Command)DeployAll(ids))),
        (3, Gen.Select(Processes, Atoms.Array[1], SomeAtoms, (id, from, to) => (Command)Move(id, from, to))),
        (2, Components.Select(id => (Command)Delete(id))),
        (2, Components.Select(id => (Command)Restore(id))),
        (1, Atoms.Select(id => (Command)Say.Atom(id))),
        (1, Gen.Select(Atoms, Texts, (id, name) => (Command)Rename(id, name))),
        (1, Gen.Select(Atoms, Gen.OneOf(AtomStatus.Online, AtomStatus.Offline), (id, status) => (Command)Tell(id, status))),
        (1, Gen.Select(Atoms, Atoms, Gen.Bool, (id, token, revoked) => revoked ? (Command)Revoke(id, token) : Issue(id, token))),
        (2, Gen.Select(Processes, Atoms, Gen.Int[1, 3], Gen.Bool, (id, atom, version, failed) => (Command)Acknowledged(id, atom, version, failed))),
        (2, Gen.Select(Processes, Atoms, Gen.OneOf("url", "secret"), Texts, Gen.Bool, (id, atom, key, value, partial) => (Command)(Extend(id, atom, (key, value)) with { Partial = partial }))),
        (3, Gen.Select(Processes, Atoms, Schedules.Array[0, 2], (id, atom, schedules) => (Command)Schedule(id, atom, schedules))),
        (1, Gen.Select(Processes, Atoms, Gen.Bool, (id, atom, all) => (Command)Stop(atom, all ? null : id))),
        (2, Gen.Select(Processes, Atoms, Gen.Bool, (id, atom, all) => (Command)Resume(atom, all ? null : id))),
        (1, Gen.Select(Processes, SomeAtoms, (id, atoms) => (Command)(Attach(id, atoms) with { ResumeSchedules = true }))),
        (2, Gen.Select(Processes, Atoms, (id, atom) => (Command)Due(id, atom, World.At(0)))),
        (1, Gen.Select(Processes, Atoms, Gen.Bool, (id, atom, all) => (Command)Pause(atom, all ? null : id))),
        (1, Gen.Select(Processes, Atoms, Gen.Bool, (id, atom, all) => (Command)ResumeListening(atom, all ? null : id))),
        (1, Gen.Select(Processes, Atoms, Gen.Bool, (id, atom, all) => (Command)Say.Restart(atom, all ? null : id))),
        (4, Gen.Select(Processes, Atoms, (id, atom) => (Command)Execute(id, atom))),
        (4, Gen.Select(Atoms, Executions, Statuses, (atom, id, status) => (Command)Ran(atom, id, status))),
        (1, Gen.Select(Atoms, Executions, Executions, Processes, (atom, id, parent, process) => (Command)Called(atom, id, parent, process))),
        (1, Executions.Select(id => (Command)Cancel(id))),
        (1, Gen.Select(Gen.Int[50, 51], Gen.OneOf(null, "0123456789abcdef"), Gen.Bool, (id, secret, enabled) => (Command)Hook(Id(id), secret, enabled))),
        (1, Gen.Select(Gen.Int[60, 61], Gen.OneOf(ReasonRule.Never, ReasonRule.Always), Gen.Int[0, 7], (id, rule, die) => OfAccess(Id(id), rule, die))),
        (1, Gen.Int[50, 51].Select(id => (Command)new DeleteWebhook { WebhookId = Id(id) })),
        (1, Gen.Select(Atoms, Gen.Bool, (id, force) => (Command)DeleteAtom(id, force))),
        (1, Gen.Select(Environments, Gen.Int[0, 3], Gen.Bool, (id, order, test) => (Command)Say.Environment(id, test ? Classification.Test : Classification.Production, order))),
        (1, Gen.Select(Environments, Texts, Gen.Int[0, 3], (id, name, order) => (Command)Update(id, name, order == 3 ? null : order))),
        (1, Environments.Select(id => (Command)Say.DeleteEnvironment(id))),
        (1, Gen.Int[0, 3].Select(die => (Command)Say.UseEnvironments(die > 0))),
        (2, Gen.Select(Classes, Gen.Int[0, 5], Gen.Int[0, 5], (@class, count, test) => (Command)Purchase(count, @class, test == 5 ? null : test))),
        (1, Gen.OneOf(LicenceEnforcement.Strict, LicenceEnforcement.Tolerant).Select(mode => (Command)Enforce(mode))));

    /// <summary>The same where environments are used, so that commands seldom fail because they are not; refused ones where they are not are in <see cref="Any"/>'s minority.</summary>
    private static readonly Gen<Command> WithEnvironments = Gen.Frequency(
        (20, Any),
        (5, Gen.Select(Environments, Atoms, (id, atom) => (Command)AtomInto(id, atom))),
        (2, Gen.Select(Environments, Atoms, (id, atom) => (Command)AtomOutOf(id, atom))),
        (6, Gen.Select(Environments, Processes, (id, process) => (Command)ProcessInto(id, process))),
        (2, Gen.Select(Environments, Processes, (id, process) => (Command)ProcessOutOf(id, process))),
        (5, Gen.Select(Environments, Processes, (id, process) => (Command)DeployTo(id, process))),
        (3, Gen.Select(Processes, Texts, (id, label) => (Command)Package(id, label))),
        (2, Gen.Select(Environments, Processes, Gen.Int[1, 4], (id, process, version) => (Command)(Redeploy(process, version) with { EnvironmentId = id }))),
        (2, Gen.Select(Environments, Processes.Array[1, 4], (id, ids) => (Command)(DeployAll(ids) with { EnvironmentId = id }))),
        (5, Gen.Select(Environments, Processes, Gen.Int[1, 4], (id, process, version) => (Command)Promote(process, version, id))));

    /// <summary>A small account, then anything; every other one uses environments.</summary>
    public static Gen<Command[]> Sequences { get; } = Gen.Frequency(
        (1, Any.Array[10, 50].Select(any => (Command[])[.. Opening(), .. any])),
        (1, WithEnvironments.Array[10, 50].Select(any => (Command[])[.. Opening(), .. IntoEnvironments(), .. any])));

    private static Command OfAccess(Guid id, ReasonRule rule, int die) => die switch
    {
        0 => new SetMember { Member = World.Kim, Roles = [new(BuiltInRoles.Administrator)] },
        1 => new RemoveMember { Member = World.Kim },
        2 => new SetRole { Role = "nights", Privileges = [Privilege.Execute] },
        3 => new IssueApiKey { KeyId = id, Name = "ci", SecretHash = new('b', 64), Roles = [new("nights")] },
        4 => new DeleteRole { Role = "nights" },
        5 => new SetChangeRules { ReasonRequired = rule, ReviserMayNotDeploy = rule == ReasonRule.Always },
        6 => new SetFreeze { FreezeId = id, Name = "Christmas", From = "2026-12-20T00:00:00Z", Until = "2027-01-02T00:00:00Z" },
        _ => new OverrideFreeze { FreezeId = id, ProcessIds = [P, Q], Until = "2026-12-24T12:00:00Z", Reason = "A defect" },
    };

    private static Command[] IntoEnvironments() =>
    [
        Detach(P, A), Say.UseEnvironments(true), Say.Environment(Dev, Classification.Test, order: 1), Say.Environment(Live, order: 2), Say.Environment(Spare, Classification.Test, order: 3),
        Purchase(2, test: 2), Purchase(1, ConnectorClass.Enterprise, test: 1), AtomInto(Dev, A), AtomInto(Live, B), ProcessInto(Dev, P), DeployTo(Dev, P), ProcessInto(Live, P),
    ];

    private static Command[] Opening() =>
    [
        Say.Atom(A), Say.Atom(B), Say.Atom(C), Component(Map), Connection(Crm), Connection(Erp, ConnectorClass.Enterprise), Connection(Ftp),
        Process(P, Crm, Child).Declaring("url", "secret"), Process(Child, Erp, Map), Process(Q, Ftp, Grandchild), Process(Grandchild, Crm),
        Purchase(2), Purchase(1, ConnectorClass.Enterprise), Attach(P, A), Deploy(P), Tell(A, AtomStatus.Online),
    ];

    private static readonly Lazy<string> FirstDigest = new(DigestOfTheOpening);

    /// <summary>What a failing sequence looks like.</summary>
    public static string Print(Command[] commands) => string.Join('\n', commands.Select(command =>
        $"{command} {string.Join(",", (command as ComponentSave)?.References ?? [])}"));

    /// <summary>The digest is that of the version that every sequence begins with; any other command of the kind is refused.</summary>
    private static AcknowledgeVersion Acknowledged(Guid process, Guid atom, int version, bool failed) =>
        failed ? NotDownloaded(process, atom, version, FirstDigest.Value) : Downloaded(process, atom, version, FirstDigest.Value);

    private static string DigestOfTheOpening()
    {
        var world = new World();
        foreach (var command in Opening()) world.Send(command);
        return world.Events.Select(recorded => recorded.Event).OfType<VersionDeployed>().Single().Digest;
    }

    private static ComponentSave SavedAs(Guid id, ConnectorClass @class, int die) =>
        die == 0 ? Component(id, "script")
        : id == Crm || id == Erp || id == Ftp ? Connection(id, @class, die == 1 ? "wss" : "http")
        : id == Map || id == Nobody ? Component(id)
        : die > 16 ? Process(id).Listening() : die > 12 ? Process(id).Declaring("url").OneAtATime() : Process(id).Declaring(die < 10 ? ["url"] : ["url", "secret"]);
}
