using Marten;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// The one gate for the SQL that writes read models: the statements of a page travel in one batch and one transaction with
/// the daemon's progress. Every row names its account, since a page holds events of many.
/// </summary>
public sealed class PageSql
{
    /// <summary>Pages hold this advisory lock together; whoever puts other tables in the place of theirs holds it alone.</summary>
    internal const long Lock = 0x70726f63_70616765;

    /// <summary>
    /// A generic plan made while the tables were empty would scan them whole for ever; rows are only ever looked up by key
    /// here. Times within JSON are written in UTC, wherever the server stands.
    /// </summary>
    internal const string PlanForLookups = """
        select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true), set_config('timezone', 'UTC', true)
        """;

    private readonly IPageBatch _batch;

    public PageSql(IDocumentOperations operations)
        : this(new MartenPage(operations))
    {
    }

    internal PageSql(IPageBatch batch) => _batch = batch;

    /// <summary>
    /// Comes before all others: that nobody exchanges the tables meanwhile, and how statements are planned. Not how they are
    /// committed: the daemon goes on from what it was told is committed, and would stop for ever if a crash took a page back.
    /// </summary>
    public void Begin() => _batch.Add(new($"{PlanForLookups}, pg_advisory_xact_lock_shared({Lock})", [], static _ => null));

    /// <summary>A statement that returns nothing, over rows given as arrays: one <c>^</c> for each column. Without rows there is nothing to do.</summary>
    public void Execute(string statement, params IRows[] rows)
    {
        if (rows[0].Count > 0) _batch.Add(new(statement, ColumnsOf(rows), null));
    }

    /// <summary>A statement that answers with a number, which must be that of the rows: else nothing of the page is kept.</summary>
    public void Expect(string statement, IRows rows, string otherwise)
    {
        if (rows.Count == 0) return;
        _batch.Add(new(statement, ColumnsOf(rows), found => found == rows.Count ? null : otherwise));
    }

    /// <summary>A statement that is run for what it does; its rows are not looked at.</summary>
    public void Query(string statement, IRows rows)
    {
        if (rows.Count > 0) _batch.Add(new(statement, ColumnsOf(rows), static _ => null));
    }

    private static List<RowColumn> ColumnsOf(params IRows[] rows) => [.. rows.SelectMany(r => r.Columns)];
}
