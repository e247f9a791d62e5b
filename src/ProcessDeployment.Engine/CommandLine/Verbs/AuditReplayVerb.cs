using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Steps through the history of a Process: each event, what it made of the Process, and why the bold flag changed.</summary>
internal static class AuditReplayVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("replay", "Step through the history of a Process, oldest first", "audit replay \"Process Orders\"") { process, take, cursor }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowEachAsync(
                $"processes/{await run.Api.ProcessAsync(run.Get(process), ct)}/replay", Query.None, run.Get(take), run.Get(cursor),
                step => Show(run.Screen, step), "Nothing happened to it yet.", ct));
    }

    private static void Show(Screen screen, Json step)
    {
        var happened = step["event"];
        screen.Line($"{happened["position"].Text}  {happened["time"].Time}  {happened["actor"].Text}  {happened["name"].Text} {happened["summary"].Text}"
            + (happened["reason"].IsThere ? $" — {happened["reason"].Text}" : ""));
        var (before, after) = (State(step["before"]), State(step["after"]));
        screen.Line(before == after ? $"    {after}" : $"    {before}  →  {after}");
        foreach (var reason in step["gone"].Items) screen.Line($"    − {Reasons.Of(reason)}");
        foreach (var reason in step["appeared"].Items) screen.Line($"    + {Reasons.Of(reason)}");
    }

    private static string State(Json process) => !process.IsThere
        ? "not in the list"
        : $"revision {process["latestRevision"].Text}, {(process["currentVersion"].IsThere ? $"version {process["currentVersion"].Text}" : "no version")}"
            + $"{(process["atoms"].Items.Any() ? $" on {Tables.Names(process["atoms"])}" : "")}, {(process["revisedSinceDeploy"].IsTrue ? "bold" : "plain")}";
}
