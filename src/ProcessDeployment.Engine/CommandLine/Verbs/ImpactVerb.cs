using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Which Processes a component concerns.</summary>
internal static class ImpactVerb
{
    public static Command Create(VerbServices services)
    {
        var component = VerbArguments.Component();
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("impact", "List the Processes a component concerns, and where they run", "impact \"ERP Database\"") { component, take, cursor }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowListAsync(
                $"components/{await run.Api.ComponentAsync(run.Get(component), ct)}/impact", Query.None, run.Get(take), run.Get(cursor),
                Tables.Of("Process", "Folder", ">Version", ">Holds revision", "Next deploy", "Next run", "Atoms"),
                (table, item) => table.Row(
                    item["name"].Text, item["folder"].Text, item["currentVersion"].Text, item["deployedRevision"].Text,
                    item["takenAtNextDeploy"].IsTrue ? "takes it" : "leaves it out", item["nextRun"].Time, Tables.Names(item["atoms"])),
                "It concerns no Process.",
                ct));
    }
}
