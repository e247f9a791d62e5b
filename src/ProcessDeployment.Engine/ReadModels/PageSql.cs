using Marten;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// The one gate for the SQL that writes read models: the statements of a page travel in one batch and one transaction with
/// the daemon's progress. Every row names its account, since a page holds events of many.
/// </summary>
public sealed class PageSql(IDocumentOperations operations)
{
    /// <summary>A generic plan made while the tables were empty would scan them whole for ever; rows are only ever looked up by key here.</summary>
    private const string PlanForLookups = """
        select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)
        """;

    /// <summary>
    /// Comes before all others: how they are planned. Not how they are committed: the daemon goes on from what it was told
    /// is committed, and would stop for ever if a crash took a page back.
    /// </summary>
    public void Begin() => operations.QueueOperation(new PageQuery(PlanForLookups, [], static _ => null));

    /// <summary>A statement that returns nothing, over rows given as arrays: one <c>^</c> for each column. Without rows there is nothing to do.</summary>
    public void Execute(string statement, params IRows[] rows)
    {
        if (rows[0].Count > 0) operations.QueueOperation(new PageStatement(statement, ColumnsOf(rows)));
    }

    /// <summary>A statement that answers with a number, which must be that of the rows: else nothing of the page is kept.</summary>
    public void Expect(string statement, IRows rows, string otherwise)
    {
        if (rows.Count == 0) return;
        operations.QueueOperation(new PageQuery(statement, ColumnsOf(rows), found => found == rows.Count ? null : otherwise));
    }

    /// <summary>A statement that is run for what it does; its rows are not looked at.</summary>
    public void Query(string statement, IRows rows)
    {
        if (rows.Count > 0) operations.QueueOperation(new PageQuery(statement, ColumnsOf(rows), static _ => null));
    }

    private static List<RowColumn> ColumnsOf(params IRows[] rows) => [.. rows.SelectMany(r => r.Columns)];
}
