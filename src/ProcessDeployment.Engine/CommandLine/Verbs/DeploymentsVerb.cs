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
        var manifest = new Option<bool>("--manifest") { Description = "Also show at which revisions, and why" };
        return new Verb("deployments", "List what is deployed on an Atom", "deployments \"Berlin Production\"", "deployments \"Berlin Production\" --manifest --as-of 2026-11-23T06:00:00Z")
        {
            atom, manifest, take, cursor,
        }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowListAsync(
                $"atoms/{await run.Api.AtomAsync(run.Get(atom), ct)}/deployments", Query.None.With("manifest", run.Get(manifest) ? "true" : null), run.Get(take), run.Get(cursor),
                run.Get(manifest) ? Tables.Of("Process", ">Version", "Since", "By", "Why", "Revisions") : Tables.Of("Process", ">Version", "Since", "By", "Note", "Revised since"),
                (table, item) => table.Row([
                    item["name"].Text, item["versionNumber"].Text, item["since"].Time, item["deployedBy"].Text,
                    .. run.Get(manifest) ? Whole(item) : [item["note"].Text, item["revisedSinceDeploy"].IsTrue ? "yes" : "no"]]),
                "Nothing is deployed there.",
                ct));
    }

    /// <summary>Why it was deployed, and what is in it.</summary>
    private static string[] Whole(Json item) =>
    [
        string.Join(" — ", new[] { item["note"], item["reason"] }.Where(why => why.IsThere).Select(why => why.Text)),
        string.Join('\n', item["manifest"].Items.Select(entry => $"{entry["name"].Text} {entry["revision"].Text}")),
    ];
}
