using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>What differs between two versions, or between a version and the latest revisions.</summary>
internal static class DiffVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        var from = new Option<int?>("--from") { Description = "The earlier version [default: the current one]", HelpName = "version" };
        var to = new Option<string?>("--to") { Description = "The later version, or latest [default: latest]", HelpName = "version" };
        return new Verb("diff", "Compare two versions, or a version with the latest revisions", "diff \"Process Orders\"", "diff \"Process Orders\" --from 3 --to 4") { process, from, to }
            .ShowsAnyMoment(services, async (run, ct) =>
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
        screen.Line($"From version {answer["from"].Text} to {(answer["to"].Text == "latest" ? "the latest revisions" : $"version {answer["to"].Text}")}: {answer["unchanged"].Text} components are the same.");
        foreach (var change in answer["components"].Items) Show(screen, change, change["change"].Text);
        foreach (var missing in answer["missing"].Items)
            screen.Warn($"Missing: {(missing["name"].IsThere ? missing["name"].Text : missing["componentId"].Text)} is deleted or was never saved, and stands in the way of a deploy.");
    }

    private static void Show(Screen screen, Json component, string change)
    {
        var revisions = (component["fromRevision"].IsThere, component["toRevision"].IsThere) switch
        {
            (true, true) => $"revision {component["fromRevision"].Text} → {component["toRevision"].Text}",
            (true, false) => $"revision {component["fromRevision"].Text}",
            _ => $"revision {component["toRevision"].Text}",
        };
        screen.Line();
        screen.Line($"{change}: {component["name"].Text} ({component["componentType"].Text}), {revisions}"
            + (component["by"].IsThere ? $", by {component["by"].Text} {component["at"].Time}" : "")
            + (component["fromName"].IsThere ? $", was called {component["fromName"].Text}" : ""));
        if (component["diff"].IsThere) screen.Line(component["diff"].Text.TrimEnd('\n'));
        else if (component["diffLeftOut"].IsThere) screen.Say(component["diffLeftOut"].Text);
    }
}
