using System.Globalization;

namespace ProcessDeployment.Engine.Import;

/// <summary>A folder may hold several exports of one component. Only the newest is imported, or each run would save them all in turn.</summary>
internal static class ImportSelection
{
    public static IReadOnlyList<ImportedComponent> OnePerComponent(IReadOnlyList<ImportedComponent> components, List<ImportMessage> messages)
    {
        var chosen = new List<ImportedComponent>();
        foreach (var same in components.GroupBy(component => component.ComponentId))
        {
            var newest = same.OrderBy(Revision).ThenBy(component => component.File, StringComparer.Ordinal).Last();
            chosen.Add(newest);
            messages.AddRange(same.Where(component => component != newest).Select(component => ImportMessage.Warning(
                component.File, $"{component.Name} was passed over: {newest.File} holds {(newest.IdIsDerived ? "the same folder and name" : "the same component")}, the newer or last of them")));
            messages.AddRange(newest.Doubts.Select(doubt => ImportMessage.Warning(newest.File, $"{newest.Name}: {doubt}")));
            if (newest.IdIsDerived) messages.Add(ImportMessage.Note(newest.File, $"{newest.Name} has no component id; {newest.ComponentId} was made from its folder and name"));
        }

        return [.. chosen.OrderBy(component => component.File, StringComparer.Ordinal)];
    }

    private static long Revision(ImportedComponent component) =>
        long.TryParse(component.SourceRevision, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
}
