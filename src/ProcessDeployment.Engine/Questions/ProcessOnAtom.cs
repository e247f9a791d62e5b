using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>A Process on one Atom: what is there beside its version. Each part reads its own columns.</summary>
internal static class ProcessOnAtom
{
    private const string AtomId = "atomId";
    private const int FirstPart = 12;

    private static readonly MomentSql Sql = new(at => $"""
        select c.name, a.name, a.time_zone, t.attached_at, v.version_number, {Download.Columns("v.version_number")}, {Listening.Columns}, t.attached_by, now(), {SchedulePart.Columns}
        from (select 1) x {at.Component("c", "$3")} {at.Atom("a", "$4")}
        left join process_deployment.attachment t on t.account_id = $1 and t.process_id = $3 and t.atom_id = $4 and {at.Holds("t")}
        {at.EffectiveVersion("v", "t")}
        {Download.Join(at)}
        {Listening.Join(at)}
        {SchedulePart.Join(at, "$3", "$4")}
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<ProcessOnAtomAnswer>(
        "/processes/{id}/atoms/{atomId}", "get-process-on-atom", "A Process on one Atom: its version, its schedules and next runs, and what its extensions are set to", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var (processId, atomId) = (asked.PathId(), asked.PathId(AtomId));
        var (isProcess, isAtom) = (OneProcess.IsKnown(batch, processId), OneAtom.IsKnown(batch, atomId));
        ProcessOnAtomAnswer? answer = null;
        var now = DateTimeOffset.MinValue;
        batch.Query(
            Sql,
            row =>
            {
                now = row.Time(FirstPart - 1);
                answer = new()
                {
                    ProcessId = processId,
                    ProcessName = row.GetString(0),
                    AtomId = atomId,
                    AtomName = row.GetString(1),
                    Attached = !row.IsDBNull(3),
                    Since = row.TimeIfAny(3),
                    AttachedBy = row.Text(FirstPart - 2),
                    VersionNumber = row.Number(4),
                    Download = Questions.Download.Read(row, 5),
                    ListenerStatus = row.Text(FirstPart - 4),
                    Schedules = SchedulePart.Read(row, FirstPart, row.GetString(2)),
                };
            },
            Given.Id(processId),
            Given.Id(atomId));
        var extensions = ExtensionItem.Query(batch, processId, atomId);
        return position => !isProcess() ? Answer.Unknown("Process", processId)
            : !isAtom() || answer is null ? Answer.Unknown("Atom", atomId)
            : Answer.Of(answer with { Schedules = asked.Past is null ? answer.Schedules.From(now) : answer.Schedules, Extensions = extensions, Position = position });
    }
}

/// <summary>A Process on an Atom, attached there or not.</summary>
internal sealed record ProcessOnAtomAnswer
{
    public required Guid ProcessId { get; init; }
    public required string ProcessName { get; init; }
    public required Guid AtomId { get; init; }
    public required string AtomName { get; init; }
    public required bool Attached { get; init; }

    /// <summary>Since when it is attached.</summary>
    public DateTimeOffset? Since { get; init; }

    public string? AttachedBy { get; init; }

    /// <summary>The version that is effective there; null while nothing is deployed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? VersionNumber { get; init; }

    /// <summary>How far the Atom is with it.</summary>
    public Download Download { get; init; } = new();

    /// <summary>Where the version there listens whether it takes requests: <c>RUNNING</c> or <c>PAUSED</c>.</summary>
    public string? ListenerStatus { get; init; }

    /// <summary>When it is to run there, kept while it is not attached.</summary>
    public required SchedulePart Schedules { get; init; }

    /// <summary>What the current version declares, in its order; then what was set and it does not declare.</summary>
    public IReadOnlyList<ExtensionItem> Extensions { get; init; } = [];

    public long Position { get; init; }
}
