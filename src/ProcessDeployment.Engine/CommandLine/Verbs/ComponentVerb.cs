using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>One component.</summary>
internal static class ComponentVerb
{
    public static Command Create(VerbServices services)
    {
        var component = VerbArguments.Component();
        return new Verb("component", "Show a component: its latest revision, what it refers to, what refers to it", "component \"ERP Database\"", "component 6d1c0f52-8a37-4f0b-9b55-0e3c5a1f7003") { component }
            .ShowsAnyMoment(services, async (run, ct) => await run.ShowAsync($"components/{await run.Api.ComponentAsync(run.Get(component), ct)}", Query.None, answer => Show(run.Screen, answer), ct));
    }

    private static void Show(Screen screen, Json component)
    {
        var connector = component["connector"];
        screen.Show(Tables.Facts(
            ("Component", component["name"].Text),
            ("Id", component["componentId"].Text),
            ("Type", component["componentType"].Text),
            ("Folder", component["folder"].Text),
            ("Connector", connector.IsThere ? $"{connector["type"].Text}, class {connector["class"].Text}" : ""),
            ("Latest revision", $"{component["latestRevision"].Text}, saved {component["savedAt"].Time} by {component["savedBy"].Text}"),
            ("Source revision", component["sourceRevision"].Text),
            ("Content", component["contentHash"].Text),
            ("Deleted", component["deleted"].IsTrue ? $"{component["deletedAt"].Time} by {component["deletedBy"].Text}" : "")));
        ReferenceList.Show(screen, "Refers to:", component["references"]);
        ReferenceList.Show(screen, "Is referred to by:", component["referencedBy"]);
    }
}
