using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The revisions of a component, newest first.</summary>
internal static class Revisions
{
    private const int Most = 100;

    /// <summary>A delete and a restore repeat the revision they find: the first row of a revision is the save that made it.</summary>
    private static readonly MomentSql Sql = new(at => $"""
        select distinct on (h.revision) h.revision, h.name, h.content_hash, h.saved_by, h.saved_at, h.source_revision, h.valid_from
        from process_deployment.component_history h
        where h.account_id = $1 and h.component_id = $3 and h.revision < $4 and {at.Reached("h.valid_from")}
        order by h.revision desc, h.valid_from limit $5
        """);

    private static readonly MomentSql Known = new(at => $"select 1 from (select 1) t {at.Component("c", "$3")}");

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<RevisionItem>>(
        "/components/{id}/revisions", "list-revisions", "The revisions of a component, newest first", [Cursor, Take], Ask).MayBeUnknown();

    public static List<RevisionItem> Newest(QuestionBatch batch, Guid componentId) => Read(batch, componentId, int.MaxValue, Most);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var componentId = asked.PathId();
        var page = Page.Of(asked, keys: 1);
        var known = false;
        batch.Query(Known, _ => known = true, Given.Id(componentId));
        var items = Read(batch, componentId, (int)Math.Min(page.NumberAfter(0, int.MaxValue), int.MaxValue), page.Take + 1L);
        return position => known ? Answer.Of(page.Answer(items, item => [$"{item.Revision}"], position)) : Answer.Unknown("component", componentId);
    }

    private static List<RevisionItem> Read(QuestionBatch batch, Guid componentId, int before, long most)
    {
        var items = new List<RevisionItem>();
        batch.Query(
            Sql,
            row => items.Add(new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Time(4), row.Text(5), row.GetInt64(6))),
            Given.Id(componentId),
            Given.Number(before),
            Parameters.Value(most));
        return items;
    }
}

/// <summary>A revision, by its name of then.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Name">The name of the component then.</param>
/// <param name="ContentHash">SHA-256 of its content.</param>
/// <param name="SavedBy">Who saved it.</param>
/// <param name="SavedAt">When.</param>
/// <param name="SourceRevision">What it is called where it comes from.</param>
/// <param name="MadeAt">The position of the save.</param>
internal sealed record RevisionItem(int Revision, string Name, string ContentHash, string SavedBy, DateTimeOffset SavedAt, string? SourceRevision, long MadeAt);
