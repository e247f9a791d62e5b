using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The live components.</summary>
internal static class ComponentsVerb
{
    public static Command Create(VerbServices services)
    {
        var type = VerbArguments.Text("--type", "Only those of this type, such as connector-settings");
        var folder = VerbArguments.Text("--folder", "Only those in this folder");
        var text = VerbArguments.Text("--text", "Only those with this in their name");
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("components", "List the components", "components --type connector-settings", "components --text order") { type, folder, text, take, cursor }
            .ShowsAnyMoment(services, (run, ct) => run.ShowListAsync(
                "components", Query.None.With("type", run.Get(type)).With("folder", run.Get(folder)).With("text", run.Get(text)), run.Get(take), run.Get(cursor),
                Tables.Of("Component", "Type", "Folder", ">Revision", "Saved", "By"),
                (table, item) => table.Row(item["name"].Text, item["componentType"].Text, item["folder"].Text, item["latestRevision"].Text, item["savedAt"].Day, item["savedBy"].Text),
                "There are no such components. import brings some in.",
                ct));
    }
}
