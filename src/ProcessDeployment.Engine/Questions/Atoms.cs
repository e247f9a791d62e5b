using ProcessDeployment.Engine.Questions.Asking;
using static ProcessDeployment.Engine.Questions.Asking.ParameterNames;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The live Atoms by name.</summary>
internal static class Atoms
{
    private static readonly MomentSql Sql = new(at => $"""
        select {AtomItem.Columns}, {AtomItem.NameKey}
        from process_deployment.atom_history a
        where a.account_id = $1 and {at.Holds("a")} and not a.deleted and ({AtomItem.Order}) > ($3, $4) and ($5 is null or a.name ~ $5)
        order by {AtomItem.Order} limit $6
        """);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<Listed<AtomItem>>("/atoms", "list-atoms", "List the Atoms by name", [Text, Cursor, Take], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var page = Page.Of(asked, keys: 2);
        var (items, keys) = (new List<AtomItem>(), new Dictionary<Guid, string>());
        batch.Query(
            Sql,
            row =>
            {
                items.Add(AtomItem.Read(row));
                keys[items[^1].AtomId] = row.GetString(AtomItem.ColumnCount);
            },
            Given.Text(page.TextAfter(0)),
            Given.Id(page.IdAfter(1)),
            Given.Text(asked.Text(Text) is { } text ? TextPattern.EitherCase(text) : null),
            page.Limit);
        return position => Answer.Of(page.Answer(items, item => [keys[item.AtomId], $"{item.AtomId}"], position));
    }
}
