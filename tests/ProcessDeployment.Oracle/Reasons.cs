namespace ProcessDeployment.Testing;

/// <summary>Why a Process is bold: per component of its current version the first reason that fits.</summary>
internal static class Reasons
{
    public static IReadOnlyList<ReasonItem> Of(ComponentItem process, Facts facts)
    {
        if (!facts.Histories.TryGetValue(process.ComponentId, out var history))
        {
            return [new("NeverDeployed", process.ComponentId, process.Name, null, process.LatestRevision, process.RevisedBy, process.RevisedAt)];
        }

        var pinnedEarlier = history.SkipLast(1).SelectMany(version => version.Deployed.Manifest).Select(entry => (entry.ComponentId, entry.Revision)).ToHashSet();
        return
        [
            .. from entry in history[^1].Deployed.Manifest
               let now = facts.Components[entry.ComponentId]
               let code = now.Deleted ? "ComponentDeleted"
                   : now.LatestRevision == entry.Revision ? null
                   : string.Equals(now.ContentHash, entry.ContentHash, StringComparison.Ordinal) ? "RevisedButIdentical"
                   : pinnedEarlier.Contains((now.ComponentId, now.LatestRevision)) ? "RolledBack"
                   : "Revised"
               where code is not null
               orderby entry.ComponentId
               select new ReasonItem(
                   code, now.ComponentId, now.Name, entry.Revision, now.LatestRevision, now.DeletedBy ?? now.RevisedBy, now.DeletedAt ?? now.RevisedAt),
        ];
    }
}
