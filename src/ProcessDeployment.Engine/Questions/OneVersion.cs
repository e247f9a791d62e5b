using System.Globalization;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One version: its manifest, where it is effective now, and the licence audit it passed.</summary>
internal static class OneVersion
{
    private static readonly MomentSql Sql = new(at => $"""
        select {VersionItem.Columns(at)}, v.audit, (
            select jsonb_agg(jsonb_build_object('atomId', a.atom_id, 'name', a.name, 'download', (
                select jsonb_strip_nulls(jsonb_build_object('acknowledgedVersion', s.acknowledged_version, 'status', s.status, 'message', s.message))
                from (select {Download.Columns("v.version_number")}) s(acknowledged_version, status, message))) order by a.name, a.atom_id)
            from process_deployment.attachment t
            {at.Atom("a", "t.atom_id")}
            {Download.Join(at)}
            where t.account_id = $1 and t.process_id = v.process_id and {at.Holds("t")} and case when t.environment_id is null then {at.Holds("v")} else exists (
                select from process_deployment.environment_version e
                where e.account_id = $1 and e.process_id = t.process_id and e.environment_id = t.environment_id and e.version_number = v.version_number and {at.Holds("e")}) end)
        from process_deployment.version_history v
        where v.account_id = $1 and v.process_id = $3 and v.version_number in ($4, $4 - 1) and {at.Reached("v.valid_from")}
        order by v.version_number desc
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<VersionAnswer>(
        "/processes/{id}/versions/{number}", "get-version", "One version: manifest, Atoms, licence audit", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var (processId, number) = (asked.PathId(), asked.PathNumber("number"));
        var isKnown = OneProcess.IsKnown(batch, processId);
        VersionAnswer? answer = null;
        VersionItem? before = null;
        batch.Query(
            Sql,
            row =>
            {
                var version = VersionItem.Read(row);
                if (version.VersionNumber != number) before = version;
                else answer = new(version) { Audit = row.Json(VersionItem.ColumnCount), Atoms = row.List<VersionAtom>(VersionItem.ColumnCount + 1) };
            },
            Given.Id(processId),
            Given.Number(number));
        return position =>
        {
            if (!isKnown()) return Answer.Unknown("Process", processId);
            return answer is null
                ? Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"Process {processId} has no version {number}."))
                : Answer.Of((VersionAnswer)answer.ComparedWith(before) with { Position = position });
        };
    }
}

/// <summary>A version with more about it.</summary>
internal sealed record VersionAnswer : VersionItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public VersionAnswer(VersionItem version)
        : base(version)
    {
    }

    /// <summary>Where it is effective now; empty for one that is current nowhere.</summary>
    public IReadOnlyList<VersionAtom> Atoms { get; init; } = [];

    /// <summary>The connection audit as it was judged then.</summary>
    public RawJson? Audit { get; init; }

    public long Position { get; init; }
}

/// <summary>An Atom on which a version is effective.</summary>
internal sealed record VersionAtom(Guid AtomId, string Name, Download Download);
