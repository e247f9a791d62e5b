using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>One execution with the end of its log, and those it called.</summary>
internal static class OneExecution
{
    private static readonly MomentSql Sql = new(at => $"""
        select {ExecutionItem.Columns(at)}
        from (select e.* from process_deployment.execution e where e.account_id = $1 and e.execution_id = $3 and {at.Reached("e.begun_from")}) e {ExecutionItem.Names(at)}
        """);

    private static readonly MomentSql Called = new(at => $"""
        select {ExecutionItem.Columns(at)}
        from (
            select e.* from process_deployment.execution e
            where e.account_id = $1 and e.parent_id = $3 and {at.Reached("e.begun_from")} order by e.begun_from limit {ExecutionAnswer.MostCalled}) e {ExecutionItem.Names(at)}
        order by e.begun_from
        """);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<ExecutionAnswer>("/executions/{id}", "get-execution", "One execution, with the end of its log and those it called", [], Ask).MayBeUnknown();

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var executionId = asked.PathId();
        ExecutionAnswer? answer = null;
        var called = new List<ExecutionItem>();
        batch.Query(Sql, row => answer = new(ExecutionItem.Read(row)) { LogTail = row.Text(ExecutionItem.LogTailColumn) }, Given.Id(executionId));
        batch.Query(Called, row => called.Add(ExecutionItem.Read(row)), Given.Id(executionId));
        return position => answer is null ? Answer.Unknown("execution", executionId) : Answer.Of(answer with { Called = called, Position = position });
    }
}

/// <summary>An execution.</summary>
internal sealed record ExecutionAnswer : ExecutionItem
{
    public const int MostCalled = 100;

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ExecutionAnswer(ExecutionItem item)
        : base(item)
    {
    }

    /// <summary>The end of its log.</summary>
    public string? LogTail { get; init; }

    /// <summary>The executions it called, in order, at most 100.</summary>
    public IReadOnlyList<ExecutionItem> Called { get; init; } = [];

    public long Position { get; init; }
}
