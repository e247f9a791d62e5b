using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Components: up to a hundred by id, deleted ones too, with what they refer to; or the live ones by name.</summary>
internal static class Components
{
    private static readonly MomentSql ById = new(at => $"""
        select {Columns}, {ReferenceItem.Select(at, "c.refers_to")} from unnest($3) as i(component_id) {at.Component("c", "i.component_id")} order by c.name_key, c.component_id
        """);

    private static readonly MomentSql ByName = new(at => $"""
        select {Columns} from process_deployment.component_history c
        where c.account_id = $1 and {at.Holds("c")} and not c.deleted and (c.name_key, c.component_id) > ($3, $4)
            and ($5 is null or c.name_key like $5) and ($6 is null or c.component_type = $6) and ($7 is null or coalesce(c.folder, '') = $7)
        order by c.name_key, c.component_id limit $8
        """);

    private const string Columns = "c.component_id, c.component_type, c.name, c.folder, c.revision, c.content_hash, c.saved_by, c.saved_at, c.deleted, c.name_key";

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<Listed<ComponentItem>>(
        "/components", "list-components", "The components by name, or those with the given ids",
        [ParameterNames.Id, Text, ParameterNames.Type, Folder, Cursor, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 2);
        var (items, keys) = (new List<ComponentItem>(), new Dictionary<Guid, string>());
        void Read(Npgsql.NpgsqlDataReader row)
        {
            items.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.Text(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.Time(7), row.GetBoolean(8)));
            keys[items[^1].ComponentId] = row.GetString(9);
        }

        if (asked.Has(ParameterNames.Id))
        {
            foreach (var other in (string[])[Text, ParameterNames.Type, Folder, Cursor, Take])
            {
                if (asked.Has(other)) asked.Refuse(other, "must not be given together with id");
            }

            void ReadWithReferences(Npgsql.NpgsqlDataReader row)
            {
                Read(row);
                items[^1] = items[^1] with { References = row.List<ReferenceItem>(10) };
            }

            batch.Query(ById, ReadWithReferences, Parameters.Array(asked.Ids(ParameterNames.Id)));
            return position => Answer.Of(new Listed<ComponentItem>(items, null, position));
        }

        batch.Query(
            ByName,
            Read,
            Given.Text(page.TextAfter(0)),
            Given.Id(page.IdAfter(1)),
            Given.Text(asked.Text(Text) is { } text ? TextPattern.Like(NameKey.Of(text)) : null),
            Given.Text(asked.Text(ParameterNames.Type)),
            Given.Text(asked.Text(Folder, Limits.Folder)),
            page.Limit);
        return position => Answer.Of(page.Answer(items, item => [keys[item.ComponentId], $"{item.ComponentId}"], position));
    }
}

/// <summary>A component in a list.</summary>
internal sealed record ComponentItem(
    Guid ComponentId, string ComponentType, string Name, string? Folder, int LatestRevision, string ContentHash, string SavedBy, DateTimeOffset SavedAt, bool Deleted)
{
    /// <summary>What it refers to; left out of the list by name.</summary>
    public IReadOnlyList<ReferenceItem>? References { get; init; }
}
