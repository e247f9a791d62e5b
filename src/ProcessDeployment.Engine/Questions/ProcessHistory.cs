using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Everything that happened to a Process, newest first, with the events as they are kept.</summary>
internal static class ProcessHistory
{
    private static readonly MomentSql Sql = new(at => $"""
        with page as materialized (
            select a.* from process_deployment.audit_entry a
            where a.account_id = $1 and a.component_id = $3 and a.position < $4 and {at.Reached("a.position")}
            order by a.position desc limit $5)
        select {AuditItem.Columns}, e.data
        from page a left join events.mt_events e on e.tenant_id = $1 and (e.headers ->> 'position')::bigint = a.position
        order by a.position desc
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<HistoryItem>>(
        "/processes/{id}/history", "get-process-history", "What happened to a Process, newest first", [Cursor, Take], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.PathId();
        var page = Page.Of(asked, keys: 1);
        var isKnown = OneProcess.IsKnown(batch, processId);
        var items = new List<HistoryItem>();
        batch.Query(
            Sql,
            row => items.Add(new(AuditItem.Read(row)) { Data = row.Json(AuditItem.ColumnCount) }),
            Given.Id(processId),
            Parameters.Value(page.NumberAfter(0, long.MaxValue)),
            page.Limit);
        return position => isKnown() ? Answer.Of(page.Answer(items, item => [$"{item.Position}"], position)) : Answer.Unknown("Process", processId);
    }
}

/// <summary>An event of a Process.</summary>
internal sealed record HistoryItem : AuditItem
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public HistoryItem(AuditItem item)
        : base(item)
    {
    }

    /// <summary>The event itself.</summary>
    public RawJson? Data { get; init; }
}
