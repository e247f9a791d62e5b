using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Executions, newest first. An Atom asks for its own that it has still to run with <c>atom</c> and <c>status=REQUESTED</c>.</summary>
internal static class Executions
{
    private static readonly string[] Statuses = [.. Enum.GetValues<ExecutionStatus>().Select(WireWord.Of)];

    private static MomentSql Sql(bool open) => new(at => $"""
        with page as materialized (
            select e.* from process_deployment.execution e
            where e.account_id = $1 and e.begun_from < $3 and {at.Reached("e.begun_from")}
                and ($4 is null or e.process_id = $4) and ($5 is null or e.atom_id = $5) and ($6 is null or {ExecutionItem.StatusAt(at)} = $6)
                {(open ? OpenAt(at) : "")}
            order by e.begun_from desc limit $7)
        select {ExecutionItem.Columns(at)}
        from page e {ExecutionItem.Names(at)}
        order by e.begun_from desc
        """);

    private static readonly MomentSql All = Sql(open: false);
    private static readonly MomentSql Open = Sql(open: true);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<ExecutionItem>>(
        "/executions", "list-executions", "Executions, newest first; for an Atom those it has to run with status=REQUESTED", [ParameterNames.Process, Atom, Status, Cursor, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 1);
        var status = StatusOf(asked);
        var items = new List<ExecutionItem>();
        batch.Query(
            status is "REQUESTED" or "STARTED" ? Open : All,
            row => items.Add(ExecutionItem.Read(row)),
            Parameters.Value(page.NumberAfter(0, long.MaxValue)),
            Given.Id(asked.Id(ParameterNames.Process)),
            Given.Id(asked.Id(Atom)),
            Given.Text(status),
            page.Limit);
        return position => Answer.Of(page.Answer(items, item => [$"{item.BegunFrom}"], position));
    }

    private static string? StatusOf(QuestionParameters asked)
    {
        if (asked.Text(Status) is not { } text) return null;
        if (Statuses.FirstOrDefault(status => status.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        asked.Refuse(Status, $"must be one of {string.Join(", ", Statuses)}");
        return null;
    }

    /// <summary>Said apart, since there is an index of what has not ended.</summary>
    private static string OpenAt(Moment at) => at == Moment.Now ? "and e.ended_from is null" : "";
}
