using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Every version of a Process, or what one of them holds.</summary>
internal static class VersionsVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        var number = new Argument<int?>("version") { Description = "Show what this version holds", Arity = ArgumentArity.ZeroOrOne };
        var rehearse = new Option<bool>("--rehearse") { Description = "Show what re-deploying each of them would do now" };
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        var verb = new Verb("versions", "List the versions of a Process, newest first, or show one", "versions \"Process Orders\"", "versions \"Process Orders\" 3", "versions \"Process Orders\" --rehearse")
        {
            process, number, rehearse, take, cursor,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(rehearse) && result.GetValue(number) is not null) result.AddError("--rehearse is about all versions; leave the number out");
        });
        return verb.ShowsAnyMoment(services, async (run, ct) =>
        {
            var processId = await run.Api.ProcessAsync(run.Get(process), ct);
            var path = $"processes/{processId}/versions";
            if (run.Get(rehearse)) await RehearseAsync(run, $"processes/{processId}/rehearsals", run.Get(take), run.Get(cursor), ct);
            else if (run.Get(number) is { } one) await run.ShowAsync($"{path}/{one}", Query.None, answer => Show(run.Screen, answer), ct);
            else await ListAsync(run, path, run.Get(take), run.Get(cursor), ct);
        });
    }

    private static Task ListAsync(VerbRun run, string path, int take, string? cursor, CancellationToken ct) => run.ShowListAsync(
        path, Query.None, take, cursor,
        Tables.Of(">Version", "Deployed", "By", "Note", "Changes"),
        (table, version) =>
        {
            string[] cells = [Number(version), version["deployedAt"].Time, version["deployedBy"].Text, Note(version), Changes(version)];
            if (version["current"].IsTrue) table.BoldRow(cells);
            else table.Row(cells);
        },
        "It was never deployed. deploy makes its first version.",
        ct);

    private static Task RehearseAsync(VerbRun run, string path, int take, string? cursor, CancellationToken ct) => run.ShowListAsync(
        path, Query.None, take, cursor,
        Tables.Of(">Version", "Re-deployed now", ">Licences more", ">Deleted since"),
        (table, version) => table.Row(
            version["versionNumber"].Text,
            version["outcome"]["refusal"].IsThere ? version["outcome"]["refusal"]["message"].Text : "it would be accepted",
            $"{version["licences"]["netNew"].Items.Count() - version["licences"]["freed"].Items.Count()}",
            $"{version["deletedComponents"].Items.Count()}"),
        "It was never deployed. deploy makes its first version.",
        ct);

    private static void Show(Screen screen, Json version)
    {
        screen.Show(Tables.Facts(
            ("Version", Number(version) + (version["current"].IsTrue ? ", current" : "")),
            ("Deployed", $"{version["deployedAt"].Time} by {version["deployedBy"].Text}"),
            ("Note", Note(version)),
            ("Runs on", Tables.Names(version["atoms"])),
            ("Digest", version["digest"].Text)));
        var manifest = Tables.Of("Component", "Type", ">Revision");
        foreach (var entry in version["manifest"].Items) manifest.Row(entry["name"].Text, entry["componentType"].Text, entry["revision"].Text);
        screen.Show(manifest);
    }

    private static string Number(Json version) =>
        $"{version["versionNumber"].Text}{(version["label"].IsThere ? $" {version["label"].Text}" : "")}{(version["withdrawn"].IsTrue ? ", withdrawn" : "")}";

    private static readonly string[] Kinds = ["added", "changed", "removed"];

    private static string Changes(Json version) => version["changes"] is { IsThere: true } changes
        ? string.Join(", ", Kinds.Where(how => changes[how].Number > 0).Select(how => $"{changes[how].Text} {how}").DefaultIfEmpty("none"))
        : "";

    private static string Note(Json version) => string.Join(" ", new[]
    {
        version["note"].Text,
        version["identicalTo"].IsThere && version["identicalTo"].Number != version["redeployOf"].Number ? $"(same content as {version["identicalTo"].Text})" : "",
    }.Where(text => text.Length > 0));
}
