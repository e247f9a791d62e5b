namespace ProcessDeployment.Engine.Import;

/// <summary>What is to be done with each file, judged against what the account has. Nothing is sent for what is there already.</summary>
public sealed record ImportPlan(IReadOnlyList<PlannedChange> Changes, int Unchanged, IReadOnlyList<ImportMessage> Messages)
{
    public static ImportPlan Of(IReadOnlyList<ImportedComponent> components, IReadOnlyDictionary<Guid, KnownComponent> known)
    {
        var changes = new List<PlannedChange>();
        var messages = new List<ImportMessage>();
        var unchanged = 0;
        foreach (var component in components)
        {
            var there = known.GetValueOrDefault(component.ComponentId);
            if (IsUnchanged(component, there))
                unchanged++;
            else if (there is { Deleted: true })
                messages.Add(ImportMessage.Warning(component.File, $"{component.Name} was deleted in the account, so it was passed over; send restore-component for {component.ComponentId} to bring it back"));
            else
                changes.Add(new(component, there));
        }

        return new(changes, unchanged, messages);
    }

    /// <summary>References to components that are neither in the folder nor in the account. They may be saved, not deployed.</summary>
    public static IEnumerable<ImportMessage> Missing(IReadOnlyList<ImportedComponent> components, IReadOnlyDictionary<Guid, KnownComponent> known)
    {
        var imported = components.Where(component => !component.Deleted).Select(component => component.ComponentId).ToHashSet();
        return from component in components
               where !component.Deleted
               from reference in component.References
               where !imported.Contains(reference.ComponentId) && known.GetValueOrDefault(reference.ComponentId) is null or { Deleted: true }
               select ImportMessage.Warning(component.File, $"{component.Name} refers to {reference.ComponentId} ({reference.FoundAt}), which is neither in the folder nor in the account");
    }

    private static bool IsUnchanged(ImportedComponent component, KnownComponent? there) => component.Deleted
        ? there is null or { Deleted: true }
        : there is { Deleted: false }
            && string.Equals(component.ContentHash, there.ContentHash, StringComparison.Ordinal)
            && string.Equals(component.Name, there.Name, StringComparison.Ordinal)
            && string.Equals(component.Folder, there.Folder, StringComparison.Ordinal);
}

/// <summary>A save or, when the export says so, a delete.</summary>
public sealed record PlannedChange(ImportedComponent Component, KnownComponent? There);
