using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Where a Process is attached, and where it could be.</summary>
internal static class AttachmentsVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        return new Verb("attachments", "List the Atoms a Process is attached to, and the others", "attachments \"Process Orders\"") { process }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowAsync($"processes/{await run.Api.ProcessAsync(run.Get(process), ct)}/attachments", Query.None, answer => Show(run.Screen, answer), ct));
    }

    private static void Show(Screen screen, Json answer)
    {
        var table = Tables.Of("Atom", "Host", "Attached", ">Version", "Since", "By");
        foreach (var atom in answer["attached"].Items) table.BoldRow(atom["name"].Text, atom["hostName"].Text, "yes", atom["versionNumber"].Text, atom["since"].Time, atom["attachedBy"].Text);
        foreach (var atom in answer["unattached"].Items) table.Row(atom["name"].Text, atom["hostName"].Text, "no", "", "", "");
        screen.Show(table);
    }
}
