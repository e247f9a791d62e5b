using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>
/// Read models that have no fold of their own: their own statements, page by page, as with live events. Slower, and always
/// there.
/// </summary>
internal sealed class PagedFold(IReadOnlyList<RebuildModel> models, string schema, Action<NextPage> run) : IFold
{
    private const int PageSize = 2_000;
    private readonly HashSet<string> _tables = [.. models.SelectMany(model => model.Tables)];
    private readonly List<Recorded> _page = [];

    /// <summary>All: what a page is made of, its models say themselves.</summary>
    public IReadOnlyCollection<Wanted>? Wants => null;

    public bool WantsWhole => true;

    public IReadOnlyList<TableCopy> Tables => [];

    public void Add(Recorded recorded)
    {
        _page.Add(recorded);
        if (_page.Count >= PageSize) Complete();
    }

    public void Complete()
    {
        if (_page.Count == 0) return;
        run(PageOf(_page, models, _tables, schema));
        _page.Clear();
    }

    /// <summary>The statements of some read models for some events.</summary>
    public static NextPage PageOf(IReadOnlyList<Recorded> events, IReadOnlyList<RebuildModel> models, IReadOnlySet<string> tables, string schema)
    {
        var page = new NextPage(tables, schema);
        var (sql, contents) = (new PageSql(page), new ReadModelPage([.. events]));
        foreach (var model in models) model.Writer!.Write(contents, sql);
        return page;
    }
}
