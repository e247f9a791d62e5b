using ProcessDeployment.Domain.Schedules;

namespace ProcessDeployment.Domain.Tests.Dsl;

/// <summary>Short ways to say a command. Ids are small numbers, so that a failing test can be read.</summary>
internal static class Say
{
    public static readonly Guid P = Id(1), Q = Id(2), Child = Id(3), Grandchild = Id(4);
    public static readonly Guid Map = Id(10), Crm = Id(11), Erp = Id(12), Ftp = Id(13);
    public static readonly Guid A = Id(21), B = Id(22), C = Id(23);
    public static readonly Guid Dev = Id(31), Live = Id(32), Spare = Id(33);
    public static readonly Guid Nobody = Id(99);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static SaveComponent Process(Guid id, params Guid[] dependsOn) => Component(id, ComponentTypes.Process, dependsOn);

    public static SaveComponent Connection(Guid id, ConnectorClass @class = ConnectorClass.Standard, string type = "http") =>
        Component(id, ComponentTypes.Connection) with { Connector = new(type, @class) };

    public static SaveComponent Component(Guid id, string type = "transform.map", params Guid[] dependsOn) => new()
    {
        ComponentId = id,
        ComponentType = type,
        Name = $"{type} {id.ToString()[..8].TrimStart('0')}",
        References = [.. dependsOn.Select(to => new ComponentReference(to, ReferenceKind.Dependent))],
        Content = "first",
    };

    public static SaveComponent Saying(this SaveComponent save, string content) => save with { Content = content };

    public static SaveComponent Listening(this SaveComponent save) => save with { StartStep = StartStep.Listener };

    public static ComponentSave OneAtATime(this SaveComponent save, bool? simultaneous = false) => new SaveComponentV2
    {
        ComponentId = save.ComponentId,
        ComponentType = save.ComponentType,
        Name = save.Name,
        References = save.References,
        StartStep = save.StartStep,
        Extensions = save.Extensions,
        Content = save.Content,
        AllowSimultaneousRuns = simultaneous,
    };

    public static SaveComponent Routing(this SaveComponent save, params Guid[] to) =>
        save with { References = [.. save.References!, .. to.Select(id => new ComponentReference(id, ReferenceKind.Independent))] };

    public static DeleteComponent Delete(Guid id) => new() { ComponentId = id };

    public static RestoreComponent Restore(Guid id) => new() { ComponentId = id };

    public static RegisterAtom Atom(Guid id, string? name = null) => new() { AtomId = id, Name = name ?? $"Atom {id.ToString()[..8].TrimStart('0')}" };

    public static RenameAtom Rename(Guid id, string name) => new() { AtomId = id, Name = name };

    public static ReportAtomStatus Tell(Guid atom, AtomStatus status) => new() { AtomId = atom, Status = status };

    public static IssueAtomToken Issue(Guid atom, Guid token, string? secretHash = null, string? until = null) =>
        new() { AtomId = atom, TokenId = token, SecretHash = secretHash ?? new('a', 64), ExpiresAt = until };

    public static RevokeAtomToken Revoke(Guid atom, Guid token) => new() { AtomId = atom, TokenId = token };

    public static AcknowledgeVersion Downloaded(Guid process, Guid atom, int version, string digest) =>
        new() { ProcessId = process, AtomId = atom, VersionNumber = version, Digest = digest, Status = DownloadStatus.Downloaded };

    public static AcknowledgeVersion NotDownloaded(Guid process, Guid atom, int version, string digest, string? message = null) =>
        Downloaded(process, atom, version, digest) with { Status = DownloadStatus.Failed, Message = message };

    /// <summary>Extensions by their keys; those whose key begins with <c>secret</c> are.</summary>
    public static SaveComponent Declaring(this SaveComponent save, params string[] keys) =>
        save with { Extensions = [.. keys.Select(key => new ExtensionDeclaration(key, $"The {key}", Secret: key.StartsWith("secret", StringComparison.Ordinal)))] };

    public static SetExtensions Extend(Guid process, Guid atom, params (string Key, string Value)[] values) =>
        new() { ProcessId = process, AtomId = atom, Values = [.. values.Select(value => new ExtensionSetting(value.Key, value.Value))], Partial = true };

    public static SetSchedules Schedule(Guid process, Guid atom, params Schedule[] schedules) => new() { ProcessId = process, AtomId = atom, Schedules = schedules };

    public static RunSchedule Due(Guid process, Guid atom, DateTimeOffset due) => new() { ProcessId = process, AtomId = atom, DueAt = due, Actor = World.Kim };

    public static StopSchedules Stop(Guid atom, Guid? process = null) => new() { AtomId = atom, ProcessId = process };

    public static ResumeSchedules Resume(Guid atom, Guid? process = null) => new() { AtomId = atom, ProcessId = process };

    public static PauseListeners Pause(Guid atom, Guid? process = null) => new() { AtomId = atom, ProcessId = process };

    public static ResumeListeners ResumeListening(Guid atom, Guid? process = null) => new() { AtomId = atom, ProcessId = process };

    public static RestartListeners Restart(Guid atom, Guid? process = null) => new() { AtomId = atom, ProcessId = process };

    public static ExecuteProcess Execute(Guid process, Guid atom, params ExecutionProperty[] properties) =>
        new() { ProcessId = process, AtomId = atom, Properties = properties.Length == 0 ? null : properties };

    public static CancelExecution Cancel(Guid execution) => new() { ExecutionId = execution };

    public static ReportExecution Ran(Guid atom, Guid execution, ExecutionStatus status, string? message = null) =>
        new() { AtomId = atom, ExecutionId = execution, Status = status, Message = message };

    public static ReportExecution Called(Guid atom, Guid execution, Guid parent, Guid process, ExecutionStatus status = ExecutionStatus.Started) =>
        Ran(atom, execution, status) with { ParentExecutionId = parent, ProcessId = process };

    public static SetWebhook Hook(Guid id, string? secret = null, bool? enabled = null) => new() { WebhookId = id, Url = "https://chat.example/hook", Secret = secret, Enabled = enabled };

    public static DeleteAtom DeleteAtom(Guid id, bool? force = null) => new() { AtomId = id, Force = force };

    public static AttachAtoms Attach(Guid process, params Guid[] atoms) => new() { ProcessId = process, AtomIds = atoms };

    public static DetachAtoms Detach(Guid process, params Guid[] atoms) => new() { ProcessId = process, AtomIds = atoms };

    public static MoveProcess Move(Guid process, Guid[] from, Guid[] to) => new() { ProcessId = process, FromAtomIds = from, ToAtomIds = to };

    public static DeployProcess Deploy(Guid process, string? note = null) => new() { ProcessId = process, Note = note };

    public static DeployProcesses DeployAll(params Guid[] processes) => new() { ProcessIds = processes };

    public static RedeployVersion Redeploy(Guid process, int version, string? note = null) => new() { ProcessId = process, TargetVersion = version, Note = note };

    public static CreateEnvironment Environment(Guid id, Classification classification = Classification.Production, int order = 0, string? name = null) =>
        new() { EnvironmentId = id, Name = name ?? $"Environment {id.ToString()[..8].TrimStart('0')}", Classification = classification, Order = order };

    public static UpdateEnvironment Update(Guid environment, string? name = null, int? order = null, Classification? classification = null) =>
        new() { EnvironmentId = environment, Name = name, Order = order, Classification = classification };

    public static DeleteEnvironment DeleteEnvironment(Guid id) => new() { EnvironmentId = id };

    public static SetEnvironments UseEnvironments(bool enabled) => new() { Enabled = enabled };

    public static AttachAtomToEnvironment AtomInto(Guid environment, Guid atom) => new() { EnvironmentId = environment, AtomId = atom };

    public static DetachAtomFromEnvironment AtomOutOf(Guid environment, Guid atom) => new() { EnvironmentId = environment, AtomId = atom };

    public static AttachProcessToEnvironment ProcessInto(Guid environment, Guid process) => new() { EnvironmentId = environment, ProcessId = process };

    public static DetachProcessFromEnvironment ProcessOutOf(Guid environment, Guid process) => new() { EnvironmentId = environment, ProcessId = process };

    public static DeployProcess DeployTo(Guid environment, Guid process) => Deploy(process) with { EnvironmentId = environment };

    public static PromoteVersion Promote(Guid process, int version, Guid environment, string? note = null) =>
        new() { ProcessId = process, TargetVersion = version, EnvironmentId = environment, Note = note };

    public static PackageProcess Package(Guid process, string label, string? note = null) => new() { ProcessId = process, Label = label, Note = note };

    public static LabelVersion Label(Guid process, int version, string label) => new() { ProcessId = process, VersionNumber = version, Label = label };

    public static WithdrawVersion Withdraw(Guid process, int version) => new() { ProcessId = process, VersionNumber = version };

    public static SetLicences Purchase(int production, ConnectorClass @class = ConnectorClass.Standard, int? test = null) => new() { Class = @class, Production = production, Test = test };

    public static SetLicenceEnforcement Enforce(LicenceEnforcement mode) => new() { Mode = mode };
}
