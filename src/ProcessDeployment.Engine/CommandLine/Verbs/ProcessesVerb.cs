using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The list operators live with.</summary>
internal static class ProcessesVerb
{
    public static Command Create(VerbServices services)
    {
        var revised = new Option<bool?>("--revised") { Description = "Only those revised since they were deployed (or, with false, only the others)", Arity = ArgumentArity.ZeroOrOne, HelpName = "true|false" };
        var folder = VerbArguments.Text("--folder", "Only those in this folder");
        var text = VerbArguments.Text("--text", "Only those with this in their name");
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("processes", "List the Processes: what runs where, and what was revised since", "processes", "processes --revised", "processes --folder Orders --text invoice")
        {
            revised, folder, text, take, cursor,
        }.ShowsAnyMoment(services, (run, ct) => run.ShowListAsync(
            "processes",
            Query.None.With("revised", Revised(run, revised)).With("folder", run.Get(folder)).With("text", run.Get(text)),
            run.Get(take), run.Get(cursor),
            Tables.Of("Process", "Folder", ">Version", "Deployed", "Atoms", "Revised since"),
            (table, item) =>
            {
                string[] cells =
                [
                    item["name"].Text, item["folder"].Text, item["currentVersion"].Text, item["deployedAt"].Day,
                    Tables.FewNames(item["atoms"]), item["revisedSinceDeploy"].IsTrue ? Reasons.Short(item["reasons"]) : "",
                ];
                if (item["revisedSinceDeploy"].IsTrue) table.BoldRow(cells);
                else table.Row(cells);
            },
            "There are no such Processes. import brings some in.",
            ct));
    }

    /// <summary>The option alone means true.</summary>
    private static string? Revised(VerbRun run, Option<bool?> option) =>
        run.Parsed.GetResult(option) is null ? null : run.Get(option) is false ? "false" : "true";
}
