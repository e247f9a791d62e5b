using ProcessDeployment.Client;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>What the next version of a Process would bundle, and what it calls by routes.</summary>
/// <param name="Root">The Process.</param>
/// <param name="Parts">All parts by id, the Process itself among them.</param>
/// <param name="IsCut">There are more parts than are shown.</param>
public sealed record Bundle(Part Root, IReadOnlyDictionary<Guid, Part> Parts, bool IsCut)
{
    public const int Most = 500;
    private const int AtOnce = Limits.Ids;

    public int Bundled => Parts.Values.Count(part => part.IsBundled);

    /// <summary>Reads it level by level, up to a hundred components with each question.</summary>
    public static async Task<Bundle> LoadAsync(EngineApi api, Guid processId, CancellationToken cancellation)
    {
        var process = await api.ProcessAsync(processId, cancellation);
        var pinned = process.CurrentVersion is { } version ? (await api.VersionAsync(processId, version, cancellation)).Manifest.ToDictionary(entry => entry.ComponentId, entry => entry.Revision) : null;
        var (found, routes, isCut) = (new Dictionary<Guid, ComponentItem>(), new Dictionary<Guid, Reference>(), false);
        HashSet<Guid> known = [processId];
        Guid[] level = [processId];
        while (level.Length > 0)
        {
            var items = new List<ComponentItem>();
            foreach (var ids in level.Chunk(AtOnce)) items.AddRange((await api.ComponentsAsync(ids, cancellation)).Items);
            foreach (var item in items) found[item.ComponentId] = item;
            // What is deleted cannot be bundled, nor what it refers to.
            var references = items.Where(item => !item.Deleted).SelectMany(item => item.References ?? []).ToList();
            foreach (var route in references.Where(reference => reference.Kind == ReferenceKind.Independent)) routes.TryAdd(route.ComponentId, route);
            var next = references.Where(reference => reference.Kind == ReferenceKind.Dependent).Select(reference => reference.ComponentId).Where(id => !known.Contains(id)).Distinct().ToList();
            isCut |= known.Count + next.Count > Most;
            level = [.. next.Take(Most - known.Count)];
            known.UnionWith(level);
        }

        var parts = known.Select(id => ToPart(id, found.GetValueOrDefault(id), pinned))
            .Concat(routes.Values.Where(route => !known.Contains(route.ComponentId)).Take(Most).Select(ToPart))
            .ToDictionary(part => part.ComponentId);
        foreach (var part in parts.Values.ToList())
            parts[part.ComponentId] = part with { Links = [.. part.Links.Where(link => parts.ContainsKey(link.To))] };
        return new(parts[processId], parts, isCut);
    }

    private static Part ToPart(Guid id, ComponentItem? item, IReadOnlyDictionary<Guid, int>? pinned) =>
        item is null
            ? new(id, null, null, null, IsDeleted: false, IsBundled: true, null)
            : new(id, item.Name, item.ComponentType, item.LatestRevision, item.Deleted, IsBundled: true, MarkOf(item, pinned))
            {
                Links = item.Deleted ? [] : [.. (item.References ?? []).Select(Link.Of).Distinct()],
            };

    private static Part ToPart(Reference route) =>
        new(route.ComponentId, route.Name, route.ComponentType, route.LatestRevision, route.Deleted, IsBundled: false, null);

    private static string? MarkOf(ComponentItem item, IReadOnlyDictionary<Guid, int>? pinned) =>
        pinned is null ? null
        : !pinned.TryGetValue(item.ComponentId, out var revision) ? "new"
        : revision != item.LatestRevision ? FormattableString.Invariant($"{revision} is deployed")
        : null;
}
