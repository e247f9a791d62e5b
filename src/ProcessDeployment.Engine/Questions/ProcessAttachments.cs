using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Where a Process is attached, and where it could be.</summary>
internal static class ProcessAttachments
{
    private static readonly MomentSql Attached = new(at => $"""
        select {AtomItem.Columns}, t.attached_at, t.attached_by, v.version_number, {Download.Columns("v.version_number")}, t.environment_id
        from process_deployment.attachment t
        {at.Atom("a", "t.atom_id")}
        {at.EffectiveVersion("v", "t")}
        {Download.Join(at)}
        where t.account_id = $1 and t.process_id = $3 and {at.Holds("t")}
        order by {AtomItem.Order}
        """);

    private static readonly MomentSql Unattached = new(at => $"""
        select {AtomItem.Columns}
        from process_deployment.atom_history a
        where a.account_id = $1 and {at.Holds("a")} and not a.deleted and not exists (
            select from process_deployment.attachment t
            where t.account_id = $1 and t.process_id = $3 and t.atom_id = a.atom_id and {at.Holds("t")})
        order by {AtomItem.Order}
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<AttachmentsAnswer>(
        "/processes/{id}/attachments", "get-process-attachments", "The Atoms a Process is attached to, and the others", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.PathId();
        var isKnown = OneProcess.IsKnown(batch, processId);
        var (attached, unattached) = (new List<AttachedAtom>(), new List<AtomItem>());
        batch.Query(
            Attached,
            row => attached.Add(new(AtomItem.Read(row))
            {
                Since = row.Time(AtomItem.ColumnCount),
                AttachedBy = row.GetString(AtomItem.ColumnCount + 1),
                VersionNumber = row.Number(AtomItem.ColumnCount + 2),
                Download = Questions.Download.Read(row, AtomItem.ColumnCount + 3),
                EnvironmentId = row.Id(AtomItem.ColumnCount + 3 + Questions.Download.ColumnCount),
            }),
            Given.Id(processId));
        batch.Query(Unattached, row => unattached.Add(AtomItem.Read(row)), Given.Id(processId));
        return position => isKnown() ? Answer.Of(new AttachmentsAnswer(attached, unattached, position)) : Answer.Unknown("Process", processId);
    }
}

internal sealed record AttachmentsAnswer(IReadOnlyList<AttachedAtom> Attached, IReadOnlyList<AtomItem> Unattached, long Position);

/// <summary>An Atom a Process is attached to.</summary>
internal sealed record AttachedAtom : AtomItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public AttachedAtom(AtomItem atom)
        : base(atom)
    {
    }

    public DateTimeOffset Since { get; init; }
    public string AttachedBy { get; init; } = "";

    /// <summary>The version that is effective there; null while nothing is deployed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? VersionNumber { get; init; }

    /// <summary>The environment by which it is attached; left out where it is attached by itself.</summary>
    public Guid? EnvironmentId { get; init; }

    /// <summary>How far the Atom is with it.</summary>
    public Download Download { get; init; } = new();
}
