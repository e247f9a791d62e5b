using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Which Processes and Atoms a component reaches.</summary>
internal static class ImpactVerb
{
    public static Command Create(VerbServices services)
    {
        var component = new Argument<Guid>("id") { Description = "Id of the component" };
        var (take, cursor) = (Given.Take(), Given.Cursor());
        return new Verb("impact", "List the Processes that hold a component, and the Atoms they run on", "impact 6d1c0f52-8a37-4f0b-9b55-0e3c5a1f7003") { component, take, cursor }
            .Shows(services, (run, ct) => run.ShowListAsync(
                $"components/{run.Get(component)}/impact", Query.None, run.Get(take), run.Get(cursor),
                Tables.Of("Process", "Folder", ">Version", ">Holds revision", "Atoms", "Revised since"),
                (table, item) => table.Row(
                    item["name"].Text, item["folder"].Text, item["currentVersion"].Text, item["deployedRevision"].Text, Tables.Names(item["atoms"]), item["revisedSinceDeploy"].IsTrue ? "yes" : "no"),
                "No Process holds it.",
                ct));
    }
}
