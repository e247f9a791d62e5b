using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// The history of a Process step by step, oldest first: each event of its own, and each that moved a component its current
/// version held then; what the list said before and after it, and why the bold flag changed.
/// </summary>
internal static class Replay
{
    private static readonly Moment Beside = Moment.At("m.position");

    private static readonly MomentSql Sql = new(at => $"""
        with steps as materialized (
            select a.position from process_deployment.audit_entry a
            where a.account_id = $1 and a.component_id = $3 and a.position > $4 and {at.Reached("a.position")}
            union
            select h.valid_from
            from process_deployment.pinned_component p
            join process_deployment.component_history h on h.account_id = $1 and h.component_id = p.component_id
                and h.valid_from > greatest(p.valid_from, $4) and (p.valid_to is null or h.valid_from < p.valid_to)
            where p.account_id = $1 and p.process_id = $3 and {at.Reached("h.valid_from")}
            order by 1 limit $5)
        select {AuditItem.Columns}, l.*
        from steps s
        join process_deployment.audit_entry a on a.account_id = $1 and a.position = s.position
        cross join lateral (values (s.position - 1), (s.position)) m(position)
        left join lateral (
            select true as shown, {Processes.Columns(Beside)} from (select 1) t {Beside.Process("l", "$3")}) l on true
        order by s.position, m.position
        """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<ReplayStep>>(
        "/processes/{id}/replay", "replay-process", "The history of a Process step by step: each event, and the Process before and after it", [Cursor, Take], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.PathId();
        var page = Page.Of(asked, keys: 1);
        var isKnown = OneProcess.IsKnown(batch, processId);
        var steps = new List<ReplayStep>();
        var (isBefore, before) = (true, (ProcessItem?)null);
        batch.Query(
            Sql,
            row =>
            {
                var shown = row.IsDBNull(AuditItem.ColumnCount) ? null : ProcessItem.Read(row, from: AuditItem.ColumnCount + 1);
                if (isBefore) before = shown;
                else steps.Add(ReplayStep.Of(AuditItem.Read(row), before, shown));
                isBefore = !isBefore;
            },
            Given.Id(processId),
            Parameters.Value(page.NumberAfter(0, 0)),
            page.Limit);
        return position => isKnown() ? Answer.Of(page.Answer(steps, step => [$"{step.Event.Position}"], position)) : Answer.Unknown("Process", processId);
    }
}
