using ProcessDeployment.Engine.CommandLine.Api;
using Spectre.Console;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Shows a list: as a table of as many items as were asked for, or one answer as it came.</summary>
internal static class ListVerb
{
    private const int MostAtOnce = 500;

    public static async Task ShowListAsync(this VerbRun run, string path, Query query, int take, string? cursor, Table table, Action<Table, Json> row, string nothing, CancellationToken ct)
    {
        if (run.Screen.IsJson)
        {
            await run.ShowAsync(path, query.With("take", Math.Min(take, MostAtOnce)).With("cursor", cursor), _ => { }, ct);
            return;
        }

        var left = take;
        do
        {
            var answer = await run.Api.AskAsync(path, query.With("take", Math.Min(left, MostAtOnce)).With("cursor", cursor), ct);
            foreach (var item in answer.Json["items"].Items)
            {
                row(table, item);
                left--;
            }

            cursor = answer.Json["next"].IsThere ? answer.Json["next"].Text : null;
        }
        while (cursor is not null && left > 0);

        if (table.Rows.Count == 0) run.Screen.Line(nothing);
        else run.Screen.Show(table);
        if (cursor is not null) run.Screen.Say($"There are more: raise --take, or go on with --cursor {cursor}");
    }
}
