using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>References as a table; what was never saved has no name.</summary>
internal static class ReferenceList
{
    public static void Show(Screen screen, string title, Json references)
    {
        if (!references.Items.Any()) return;
        screen.Line();
        screen.Line(title);
        var table = Tables.Of("Component", "Type", "Kind");
        foreach (var reference in references.Items)
        {
            table.Row(
                reference["name"].IsThere ? reference["name"].Text : reference["componentId"].Text,
                reference["componentType"].IsThere ? reference["componentType"].Text : "never saved",
                reference["deleted"].IsTrue ? $"{reference["kind"].Text}, deleted" : reference["kind"].Text);
        }

        screen.Show(table);
    }
}
