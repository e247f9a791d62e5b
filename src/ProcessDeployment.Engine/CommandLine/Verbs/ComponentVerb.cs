using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>One component.</summary>
internal static class ComponentVerb
{
    public static Command Create(VerbServices services)
    {
        var component = new Argument<Guid>("id") { Description = "Id of the component" };
        return new Verb("component", "Show a component: its latest revision and what it refers to", "component 6d1c0f52-8a37-4f0b-9b55-0e3c5a1f7003") { component }
            .Aliased("components")
            .Shows(services, async (run, ct) => await run.ShowAsync($"components/{run.Get(component)}", Query.None, answer => Show(run.Screen, answer), ct));
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
            ("Deleted", component["deleted"].IsTrue ? "yes" : "")));
        if (!component["references"].Items.Any()) return;
        var references = Tables.Of("Refers to", "Type", "Kind");
        foreach (var reference in component["references"].Items)
            references.Row(reference["name"].IsThere ? reference["name"].Text : reference["componentId"].Text, reference["componentType"].Text, reference["kind"].Text);
        screen.Show(references);
    }
}
