using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>What differs between two versions, or between a version and the latest revisions.</summary>
internal static class DiffVerb
{
    public static Command Create(VerbServices services)
    {
        var process = Given.Process();
        var from = new Option<int?>("--from") { Description = "The earlier version [default: the current one]", HelpName = "version" };
        var to = new Option<string?>("--to") { Description = "The later version, or latest [default: latest]", HelpName = "version" };
        return new Verb("diff", "Compare two versions, or a version with the latest revisions", "diff \"Process Orders\"", "diff \"Process Orders\" --from 3 --to 4") { process, from, to }
            .Shows(services, async (run, ct) =>
            {
                var path = $"processes/{await run.Api.ProcessAsync(run.Get(process), ct)}";
                var first = run.Get(from) ?? await CurrentAsync(run, path, ct);
                await run.ShowAsync($"{path}/diff", Query.None.With("from", first).With("to", run.Get(to) ?? "latest"), answer => Show(run.Screen, answer), ct);
            });
    }

    private static async Task<int> CurrentAsync(VerbRun run, string path, CancellationToken ct) =>
        (int?)(await run.Api.AskAsync(path, Query.None, ct)).Json["currentVersion"].Number
        ?? throw new CommandLineException(ExitCodes.Refused, "It was never deployed, so there is nothing to compare with.");

    private static void Show(Screen screen, Json answer)
    {
        var changes = answer["components"].Items.ToList();
        if (changes.Count == 0) screen.Line("Nothing differs.");
        foreach (var change in changes)
        {
            screen.Line($"{change["change"].Text}: {change["name"].Text} ({change["componentType"].Text}) {change["fromRevision"].Text} → {change["toRevision"].Text}");
            if (change["diff"].IsThere) screen.Line(change["diff"].Text);
        }
    }
}
