using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The live components that refer to a component directly.</summary>
internal sealed class Referrers
{
    private static readonly MomentSql Sql = new(at => $"""
        select c.component_id, c.name, c.component_type, r.kind, count(*) over ()
        from process_deployment.component_reference r {at.Component("c", "r.from_id")}
        where r.account_id = $1 and r.to_id = $3 and {at.Holds("r")} and not c.deleted
        order by c.name_key, c.component_id, r.kind limit $4
        """);

    private readonly List<ReferrerItem> _items = [];

    public IReadOnlyList<ReferrerItem> Items => _items;

    /// <summary>How many there are in all.</summary>
    public long Count { get; private set; }

    public static Referrers First(QuestionBatch batch, Guid componentId, int most)
    {
        var found = new Referrers();
        batch.Query(
            Sql,
            row =>
            {
                found._items.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3)));
                found.Count = row.GetInt64(4);
            },
            Given.Id(componentId),
            Parameters.Value((long)most));
        return found;
    }
}

/// <summary>A component that refers to another.</summary>
internal sealed record ReferrerItem(Guid ComponentId, string Name, string ComponentType, string Kind);
