using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>A Process on an Atom, attached there or not: what outlives versions and detachments is shown all the same.</summary>
internal static class OneAttachment
{
    private const string AtomId = "atomId";

    private static readonly MomentSql Sql = new(at => $"""
        select p.name, a.name, t.attached_at, t.attached_by, v.version_number, {Download.Columns("v.version_number")}
        from (select 1) one
        {at.Component("p", "$3")}
        {at.Atom("a", "$4")}
        left join process_deployment.attachment t on t.account_id = $1 and t.process_id = $3 and t.atom_id = $4 and {at.Holds("t")}
        {at.CurrentVersion("v", "t.process_id")}
        {Download.Join(at)}
        where p.component_type = 'process'
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<AttachmentAnswer>(
        "/processes/{id}/atoms/{atomId}", "get-attachment", "A Process on an Atom: its version there, and what its extensions are set to", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var (processId, atomId) = (asked.PathId(), asked.PathId(AtomId));
        var (isProcess, isAtom) = (OneProcess.IsKnown(batch, processId), OneAtom.IsKnown(batch, atomId));
        AttachmentAnswer? answer = null;
        batch.Query(
            Sql,
            row => answer = new()
            {
                ProcessId = processId,
                Name = row.GetString(0),
                AtomId = atomId,
                AtomName = row.GetString(1),
                Attached = !row.IsDBNull(2),
                Since = row.TimeIfAny(2),
                AttachedBy = row.Text(3),
                VersionNumber = row.Number(4),
                Download = Questions.Download.Read(row, 5),
            },
            Given.Id(processId),
            Given.Id(atomId));
        var extensions = ExtensionItem.Query(batch, processId, atomId);
        return position => !isProcess() ? Answer.Unknown("Process", processId)
            : !isAtom() ? Answer.Unknown("Atom", atomId)
            : Answer.Of(answer! with { Extensions = extensions, Position = position });
    }
}

/// <summary>A Process on an Atom.</summary>
internal sealed record AttachmentAnswer
{
    public required Guid ProcessId { get; init; }
    public required string Name { get; init; }
    public required Guid AtomId { get; init; }
    public required string AtomName { get; init; }
    public required bool Attached { get; init; }
    public DateTimeOffset? Since { get; init; }
    public string? AttachedBy { get; init; }

    /// <summary>The version that is effective there; null while nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? VersionNumber { get; init; }

    /// <summary>How far the Atom is with it.</summary>
    public required Download Download { get; init; }

    /// <summary>What the current version declares, in its order; then what was set and it does not declare.</summary>
    public IReadOnlyList<ExtensionItem> Extensions { get; init; } = [];

    public long Position { get; init; }
}
