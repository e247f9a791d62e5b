using System.Text.Json.Serialization;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The folders that hold Processes, for the tree beside the list.</summary>
internal static class Folders
{
    /// <summary>
    /// The folders there are now, from one to the next along the index instead of over all Processes: <c>folder_key</c> and
    /// <c>folder</c>, for a <c>with recursive</c>.
    /// </summary>
    public const string Present = """
        folder_keys as (
            (select n.folder_key from process_deployment.process_name n where n.account_id = $1 order by n.folder_key limit 1)
            union all
            select (
                select n.folder_key from process_deployment.process_name n
                where n.account_id = $1 and n.folder_key > k.folder_key order by n.folder_key limit 1)
            from folder_keys k where k.folder_key is not null),
        folders as (
            select k.folder_key, f.folder from folder_keys k
            cross join lateral (
                select coalesce(l.folder, '') as folder from process_deployment.process_name n
                join process_deployment.process_list l on l.account_id = n.account_id and l.process_id = n.process_id
                where n.account_id = $1 and n.folder_key = k.folder_key limit 1) f)
        """;

    private static readonly MomentSql Sql = new(at => at == Moment.Now
        ? $"""
            with recursive {Present}
            select f.folder, c.processes, c.revised from folders f
            cross join lateral (
                select count(*) as processes, count(*) filter (where n.revised) as revised from process_deployment.process_name n
                where n.account_id = $1 and n.folder_key = f.folder_key) c
            order by f.folder collate "C"
            """
        : $"""
            select f.folder, count(*), null from (
                select coalesce(c.folder, '') as folder from {at.ProcessNames} n {at.Component("c", "n.process_id")} where n.account_id = $1) f
            group by f.folder order by f.folder collate "C"
            """);

    public static void Map(IEndpointRouteBuilder api) => api.MapQuestion<FoldersAnswer>("/folders", "list-folders", "The folders that hold Processes, by name", [], Ask);

    /// <summary>A condition: the folder is this one or lies below it.</summary>
    public static string IsBelow(string folder, string top) => $"({folder} = {top} or starts_with({folder}, {top} || '/'))";

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var items = new List<FolderItem>();
        batch.Query(Sql, row => items.Add(new(row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2))));
        return position => Answer.Of(new FoldersAnswer(items, position));
    }
}

internal sealed record FoldersAnswer(IReadOnlyList<FolderItem> Items, long Position);

/// <summary>A folder with what is in itself, not below it.</summary>
/// <param name="Folder">Its path, parts separated by <c>/</c>; empty for the Processes that are in none.</param>
/// <param name="Processes">How many Processes it holds.</param>
/// <param name="Revised">How many of them are bold; null in the past, where that is told of each Process only.</param>
internal sealed record FolderItem(string Folder, long Processes, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Revised);
