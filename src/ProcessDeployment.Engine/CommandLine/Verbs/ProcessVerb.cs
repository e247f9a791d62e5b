using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>One Process: where it stands and what it is made of.</summary>
internal static class ProcessVerb
{
    public static Command Create(VerbServices services)
    {
        var process = VerbArguments.Process();
        return new Verb("process", "Show one Process: where it runs, why it is bold, what it refers to", "process \"Process Orders\"") { process }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowAsync($"processes/{await run.Api.ProcessAsync(run.Get(process), ct)}", Query.None, answer => Show(run.Screen, answer), ct));
    }

    private static void Show(Screen screen, Json process)
    {
        screen.Show(Tables.Facts(
            ("Process", process["name"].Text),
            ("Id", process["processId"].Text),
            ("Folder", process["folder"].Text),
            ("Starts by", process["startStep"].Text),
            ("Latest revision", $"{process["latestRevision"].Text}, saved {process["savedAt"].Time} by {process["savedBy"].Text}"),
            ("Current version", process["currentVersion"].IsThere ? $"{process["currentVersion"].Text}, deployed {process["deployedAt"].Time} by {process["deployedBy"].Text}" : "none"),
            ("Note", process["note"].Text),
            ("Atoms", Tables.Names(process["atoms"])),
            ("Deleted", process["deleted"].IsTrue ? $"{process["deletedAt"].Time} by {process["deletedBy"].Text}" : "")));

        if (process["reasons"].Items.Any())
        {
            screen.Line();
            screen.Line("Revised since it was deployed:");
            var reasons = Tables.Of("Why", "By", "When");
            foreach (var reason in process["reasons"].Items) reasons.Row(Reasons.Of(reason), reason["by"].Text, reason["at"].Time);
            screen.Show(reasons);
        }

        ReferenceList.Show(screen, "Refers to:", process["references"]);
    }
}
