using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Webhooks;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>Commands at random, judged by the domain: a history that could have happened, dense in what is rare.</summary>
internal sealed class RandomHistory
{
    private const int Long = 200;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Keys = ["url", "password"];
    private static readonly Schedule Hourly = new() { Minutes = "0", Hours = "*" };
    private static readonly string[] Contents = ["", "one", "two"];

    private readonly Random _random;
    private readonly Guid[] _processes;
    private readonly Guid[] _others;
    private readonly Guid[] _connections;
    private readonly Guid[] _atoms;
    private readonly Guid[] _environments;
    private readonly RandomEnvironments _ofEnvironments;
    private readonly RandomAccess _ofAccess;
    private readonly List<RecordedEvent> _events = [];
    private readonly List<Command> _commands = [];
    private Account _account;

    private RandomHistory(int seed)
    {
        _random = new(seed);
        (_processes, _others, _connections, _atoms, _environments) = (Ids(1, 4), Ids(11, 4), Ids(21, 4), Ids(31, 3), Ids(41, 3));
        _ofEnvironments = new(_random, _environments, _processes, _atoms);
        _ofAccess = new(_random, _processes, _environments);
        Guid[] components = [.. _processes, .. _others, .. _connections];
        _account = Account.Empty with
        {
            Licences = LicenceState.None,
            Environments = EnvironmentsState.None,
            Access = AccessState.None,
            AttachedProcesses = [],
            LiveWebhooks = [],
            AtomsIn = Nothing(_environments),
            ProcessesIn = Nothing(_environments),
            AttachedTo = Nothing(_atoms),
            Attachments = (from processId in _processes from atomId in _atoms select new AttachmentKey(processId, atomId)).ToImmutableDictionary(key => key, _ => (Attachment?)null),
            Webhooks = Ids(51, 2).ToImmutableDictionary(id => id, _ => (Webhook?)null),
            Referrers = Nothing(components),
            Versions = components.ToImmutableDictionary(id => id, _ => ImmutableArray<DeployedVersion>.Empty),
            Manifests = (from processId in _processes from number in Enumerable.Range(1, 4) select new VersionKey(processId, number))
                .ToImmutableDictionary(key => key, _ => (DeployedManifest?)null),
        };
    }

    public static IReadOnlyList<RecordedEvent> Of(int seed, int length) => Made(seed, length)._events;

    /// <summary>The commands behind it, for whoever sends them to an engine.</summary>
    public static IReadOnlyList<Command> CommandsOf(int seed, int length) => Made(seed, length)._commands;

    private static RandomHistory Made(int seed, int length)
    {
        var history = new RandomHistory(seed);
        foreach (var atomId in history._atoms) history.Send(new RegisterAtom { AtomId = atomId, Name = $"Atom {atomId.ToString()[6..8]}", HostName = "host" });
        foreach (var atomId in history._atoms) history.Send(new ReportAtomStatus { AtomId = atomId, Status = AtomStatus.Online });
        foreach (var environmentId in history._environments) history.Send(history._ofEnvironments.Create(environmentId));
        // Without any, nearly every deployment of a connection is refused; with them, until others are set.
        if (seed % 3 > 0) foreach (var ofClass in Enum.GetValues<ConnectorClass>()) history.Send(new SetLicences { Class = ofClass, Production = 6, Test = 6 });
        var turns = new Queue<(int At, bool On)>(seed % 2 == 1 ? [] : seed % 4 == 2 ? [(length / 4, true)] : [(length / 4, true), (length * 3 / 4, false)]);
        // Where all Atoms are gone, what is rare cannot happen any more.
        while (history._events.Count < length || (length >= Long && history._events.Count < 3 * length && history.LacksWhatIsRare()))
        {
            if (turns.TryPeek(out var turn) && history._events.Count >= turn.At)
            {
                turns.Dequeue();
                foreach (var command in history._ofEnvironments.Turning(turn.On)) history.Send(command);
            }

            history.Send(history.Command());
        }

        return history;
    }

    /// <summary>A long history goes on until what is rare has happened too.</summary>
    private bool LacksWhatIsRare() =>
        !Happened<ExtensionValuesSet>() || !Happened<SchedulesSet>() || !Happened<WebhookSet>() || !(Happened<VersionDownloaded>() || Happened<DownloadFailed>());

    private bool Happened<T>() => _events.Exists(recorded => recorded.Event is T);

    private void Send(Command command)
    {
        _commands.Add(command);
        LookUp(command);
        var occasion = new Occasion(CommandId(_commands.Count), Start.AddMinutes(_events.Count / 2));
        foreach (var happened in Decider.Decide(command, _account, occasion: occasion).Events)
        {
            _account = _account.Evolve(happened);
            // Several positions share a time now and then, as the events of one command do.
            _events.Add(new(_events.Count + 1, Start.AddMinutes(_events.Count / 2), Pick("kim", "ana", "ci"), happened));
        }
    }

    /// <summary>All else is known from the start.</summary>
    private void LookUp(Command command)
    {
        var needs = new Needs(_account);
        Decider.Needs(command, _account, needs);
        _account = _account with
        {
            Executions = _account.Executions.AddRange(needs.Executions.Select(id => KeyValuePair.Create(id, (Execution?)null))),
            UnderWay = _account.UnderWay.AddRange(needs.UnderWay.Select(key => KeyValuePair.Create(key, ImmutableArray<Guid>.Empty))),
            Parents = _account.Parents.AddRange(needs.Parents.Select(key => KeyValuePair.Create(key, ImmutableArray<Guid>.Empty))),
        };
    }

    private Command Command() => _random.Next(_account.Environments!.Enabled ? 2 : 20) == 0 ? _ofEnvironments.Any(_account.Environments.Enabled) : _random.Next(15) == 0 ? _ofAccess.Any() : _random.Next(140) switch
    {
        < 22 => Save(Pick(_processes), "process"),
        < 32 => Save(Pick(_others), "transform.map"),
        < 41 => Save(Pick(_connections), "connector-settings"),
        < 42 => Hook(Pick(Ids(51, 2))),
        < 47 => new DeleteComponent { ComponentId = AnyComponent() },
        < 54 => new RestoreComponent { ComponentId = AnyComponent() },
        < 57 => Extend(),
        < 64 => new AttachAtoms { ProcessId = Pick(_processes), AtomIds = [Pick(_atoms), Pick(_atoms)], ResumeSchedules = Pick<bool?>(null, true) },
        < 71 => new DetachAtoms { ProcessId = Pick(_processes), AtomIds = [Pick(_atoms)] },
        < 80 => new DeployProcess { ProcessId = Pick(_processes), Note = Pick(null, "go-live") },
        < 86 => Acknowledge(Pick(_processes)),
        < 90 => new RedeployVersion { ProcessId = Pick(_processes), TargetVersion = _random.Next(1, 5) },
        < 93 => new MoveProcess { ProcessId = Pick(_processes), FromAtomIds = [Pick(_atoms)], ToAtomIds = [Pick(_atoms)] },
        < 94 => new ReportAtomStatus { AtomId = Pick(_atoms), Status = Pick(AtomStatus.Online, AtomStatus.Online, AtomStatus.Offline) },
        < 95 => new RenameAtom { AtomId = Pick(_atoms), Name = $"Atom {_random.Next(9)}" },
        < 96 => _events.Count > 100 ? new DeleteAtom { AtomId = _atoms[^1], Force = true } : new DeployProcesses { ProcessIds = _processes },
        < 98 => new SetLicences { Class = Pick(Enum.GetValues<ConnectorClass>()), Production = Pick<int?>(null, 1, 2, 5), Test = 3 },
        < 99 => Token(Pick(_atoms), Guid.Parse($"0193e5a0-0000-7000-8000-00000000000{_random.Next(4)}")),
        > 133 => Execute(),
        > 129 => RandomListeners.Any(_random, _account, _processes, _atoms),
        > 120 => new SetSchedules { ProcessId = Pick(_processes), AtomId = Pick(_atoms), Schedules = Pick<Schedule[]>([], [Hourly], [Hourly, Hourly with { DaysOfMonth = "1,15" }]), Retry = Pick(null, new RetrySchedule(2, [Hourly])) },
        > 118 => new StopSchedules { ProcessId = Pick<Guid?>(null, Pick(_processes)), AtomId = Pick(_atoms) },
        > 114 => new ResumeSchedules { ProcessId = Pick<Guid?>(null, Pick(_processes)), AtomId = Pick(_atoms) },
        > 108 => new ExecuteProcess { ProcessId = Pick(_processes), AtomId = Pick(_atoms), Properties = Pick(null, new ExecutionProperty[] { new("day", "monday") }) },
        > 101 => Report(CommandId(_random.Next(_commands.Count))),
        > 99 => new CancelExecution { ExecutionId = CommandId(_random.Next(_commands.Count)) },
        _ => new SetLicenceEnforcement { Mode = Pick(LicenceEnforcement.Strict, LicenceEnforcement.Tolerant) },
    };

    private Command Hook(Guid webhookId) => Pick(true, true, false)
        ? new SetWebhook { WebhookId = webhookId, Url = Pick("https://one.example/", "https://two.example/"), Secret = "0123456789abcdef", Enabled = false }
        : new DeleteWebhook { WebhookId = webhookId };

    private Command Token(Guid atomId, Guid tokenId) => Pick(true, true, false)
        ? new IssueAtomToken { AtomId = atomId, TokenId = tokenId, SecretHash = new('a', 64), ExpiresAt = Pick(null, "2027-01-31T00:00:00Z") }
        : new RevokeAtomToken { AtomId = atomId, TokenId = tokenId };

    /// <summary>Where it is deployed, if it is anywhere; of one key too many it is refused.</summary>
    private SetExtensions Extend()
    {
        AttachmentKey[] deployed = [.. from id in _processes from atomId in _account.Component(id)?.Deployment is { CurrentVersion: > 0 } deployment ? deployment.AtomIds : [] select new AttachmentKey(id, atomId)];
        var key = deployed.Length == 0 ? new(Pick(_processes), Pick(_atoms)) : Pick(deployed);
        return new()
        {
            ProcessId = key.ProcessId,
            AtomId = key.AtomId,
            Values = [.. Keys.Where(_ => _random.Next(2) == 0).Select(name => Pick(new ExtensionSetting(name, Pick("one", "two")), new ExtensionSetting(name, UseDefault: true)))],
            Partial = _random.Next(3) > 0,
        };
    }

    /// <summary>One that is deployed somewhere, where the account has any.</summary>
    private ExecuteProcess Execute()
    {
        var deployed = (
            from component in _account.Components.Values
            where component!.Deployment.IsDeployed()
            orderby component.ComponentId
            from attached in component.Deployment.AtomIds
            select (component.ComponentId, AtomId: attached)).ToArray();
        var (processId, atomId) = deployed.Length == 0 ? (Pick(_processes), Pick(_atoms)) : Pick(deployed);
        return new() { ProcessId = processId, AtomId = atomId };
    }

    /// <summary>Of one that there is, where the account has any.</summary>
    private ReportExecution Report(Guid otherwise)
    {
        var known = _account.Executions.Values.OfType<Execution>().OrderBy(execution => execution.ExecutionId).ToArray();
        var execution = known.Length == 0 ? null : Pick(known);
        return new()
        {
            AtomId = execution?.AtomId ?? Pick(_atoms),
            ExecutionId = _random.Next(4) == 0 ? otherwise : execution?.ExecutionId ?? otherwise,
            Status = Pick(ExecutionStatus.Started, ExecutionStatus.Started, ExecutionStatus.Complete, ExecutionStatus.Error),
            Message = Pick(null, "done"),
            ParentExecutionId = execution?.ExecutionId,
            ProcessId = execution is null ? null : Pick(_processes),
        };
    }

    /// <summary>The id under which the command of that number, from 1, is known to later ones: it becomes that of an execution.</summary>
    public static Guid CommandId(int number) => new(number, 1, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>One of the first four versions by an Atom that may have it, where there is one already.</summary>
    private AcknowledgeVersion Acknowledge(Guid processId)
    {
        var deployment = _account.Component(processId)?.Deployment ?? Deployment.None;
        var newest = Math.Clamp(deployment.CurrentVersion, 1, 4);
        var key = new VersionKey(processId, _random.Next(1, newest + 1));
        return new()
        {
            ProcessId = processId,
            AtomId = Pick(deployment.AtomIds.IsEmpty ? _atoms : [.. deployment.AtomIds]),
            VersionNumber = key.VersionNumber,
            Digest = _account.Manifests.GetValueOrDefault(key)?.Digest ?? new('0', 64),
            Status = Pick(DownloadStatus.Downloaded, DownloadStatus.Downloaded, DownloadStatus.Failed),
            Message = Pick(null, "disk full"),
        };
    }

    private SaveComponentV2 Save(Guid id, string type) => new()
    {
        ComponentId = id,
        ComponentType = type,
        Name = $"{Pick("Ärger", "Orders", "orders", "Billing")} {id.ToString()[6..8]}",
        Folder = Pick(null, "Shop", "Shop/Late"),
        References = [.. _processes.Concat(_others).Concat(_connections).Where(_ => _random.Next(5) == 0)
            .Select(to => new ComponentReference(to, Pick(ReferenceKind.Dependent, ReferenceKind.Dependent, ReferenceKind.Independent)))],
        Connector = type == "connector-settings" ? new(Pick("http", "salesforce"), Pick(ConnectorClass.Standard, ConnectorClass.Enterprise)) : null,
        Extensions = Pick<IReadOnlyList<ExtensionDeclaration>?>([new("url", "Address", Secret: false), new("password", "Password", Secret: true)], [new("url", "Address", Secret: false)], null),
        StartStep = type == "process" ? Pick<StartStep?>(null, StartStep.Schedule, StartStep.Schedule, StartStep.Listener) : null,
        AllowSimultaneousRuns = type == "process" ? Pick<bool?>(null, null, true, false) : null,
        Content = Pick(Contents),
    };

    private Guid AnyComponent() => Pick([.. _processes, .. _others, .. _connections]);

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];

    private static Guid[] Ids(int first, int count) => [.. Enumerable.Range(first, count).Select(number => new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))];

    private static ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> Nothing(Guid[] ids) => ids.ToImmutableDictionary(id => id, _ => ImmutableSortedSet<Guid>.Empty);
}
