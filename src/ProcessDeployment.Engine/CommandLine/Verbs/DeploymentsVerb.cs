using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>What is deployed on an Atom.</summary>
internal static class DeploymentsVerb
{
    public static Command Create(VerbServices services)
    {
        var atom = VerbArguments.Atom();
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("deployments", "List what is deployed on an Atom", "deployments \"Berlin Production\"") { atom, take, cursor }
            .Shows(services, async (run, ct) => await run.ShowListAsync(
                $"atoms/{await run.Api.AtomAsync(run.Get(atom), ct)}/deployments", Query.None, run.Get(take), run.Get(cursor),
                Tables.Of("Process", ">Version", "Since", "By", "Note", "Revised since"),
                (table, item) => table.Row(
                    item["name"].Text, item["versionNumber"].Text, item["since"].Time, item["deployedBy"].Text, item["note"].Text, item["revisedSinceDeploy"].IsTrue ? "yes" : "no"),
                "Nothing is deployed there.",
                ct));
    }
}
