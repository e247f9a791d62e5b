using ProcessDeployment.Engine.CommandLine.Api;
using Spectre.Console;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Shows a list: as a table of as many items as were asked for, or one answer as it came.</summary>
internal static class ListVerb
{
    private const int MostAtOnce = 500;

    public static async Task ShowListAsync(this VerbRun run, string path, Query query, int take, string? cursor, Table table, Action<Table, Json> row, string nothing, CancellationToken ct)
    {
        var next = await run.EachAsync(path, query, take, cursor, item => row(table, item), ct);
        if (run.Screen.IsJson) return;
        if (table.Rows.Count == 0) run.Screen.Line(nothing);
        else run.Screen.Show(table);
        run.SayNext(next);
    }

    /// <summary>Shows items one by one as they come, where a line of a table has no room for them.</summary>
    public static async Task ShowEachAsync(this VerbRun run, string path, Query query, int take, string? cursor, Action<Json> show, string nothing, CancellationToken ct)
    {
        var shown = 0;
        var next = await run.EachAsync(
            path,
            query,
            take,
            cursor,
            item =>
            {
                show(item);
                shown++;
            },
            ct);
        if (run.Screen.IsJson) return;
        if (shown == 0) run.Screen.Line(nothing);
        run.SayNext(next);
    }

    /// <summary>Reads page by page; what goes on where it ended, with the moment it was about.</summary>
    private static async Task<(string? Cursor, Json Last)> EachAsync(this VerbRun run, string path, Query query, int take, string? cursor, Action<Json> item, CancellationToken ct)
    {
        if (run.Screen.IsJson)
        {
            await run.ShowAsync(path, query.With("take", Math.Min(take, MostAtOnce)).With("cursor", cursor), _ => { }, ct);
            return default;
        }

        var (left, last) = (take, default(Json));
        do
        {
            last = (await run.Api.AskAsync(path, query.With("take", Math.Min(left, MostAtOnce)).With("cursor", cursor), ct)).Json;
            foreach (var found in last["items"].Items)
            {
                item(found);
                left--;
            }

            cursor = last["next"].IsThere ? last["next"].Text : null;
        }
        while (cursor is not null && left > 0);

        return (cursor, last);
    }

    private static void SayNext(this VerbRun run, (string? Cursor, Json Last) read)
    {
        run.SayMoment(read.Last);
        if (read.Cursor is not null) run.Screen.Say($"There are more: raise --take, or go on with --cursor {read.Cursor}");
    }
}
