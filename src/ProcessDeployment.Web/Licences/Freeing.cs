namespace ProcessDeployment.Web.Licences;

/// <summary>
/// What frees licences of a pool. A connection on an Atom gives back its licence when all Processes that need it there are
/// detached; detaching the same Processes gives back all that nobody else needs.
/// </summary>
/// <param name="pairs">Each licence of the pool: where it is held, and by which Processes.</param>
/// <param name="deployedAt">When each Process was deployed last.</param>
internal sealed class Freeing(IReadOnlyList<HeldPair> pairs, IReadOnlyDictionary<Guid, DateTimeOffset> deployedAt)
{
    /// <summary>Nobody detaches more Processes for one licence.</summary>
    public const int MostProcesses = 100;

    private readonly ILookup<Guid, HeldPair> _byPlace = pairs.ToLookup(pair => pair.PlaceId);

    /// <summary>Every way that is one step: fewest Processes first, then those that were deployed longest ago.</summary>
    public IReadOnlyList<Way> Ways() =>
    [
        .. pairs.Where(pair => pair.ProcessIds.Count <= MostProcesses)
            .GroupBy(pair => (pair.PlaceId, string.Join(',', pair.ProcessIds.Order())))
            .Select(same => new Way(same.Key.PlaceId, [.. same.First().ProcessIds]))
            .Select(way => way with { Freed = FreedBy(way.PlaceId, way.ProcessIds), DeployedAt = way.ProcessIds.Max(id => deployedAt.GetValueOrDefault(id)) })
            .OrderBy(way => way.ProcessIds.Count).ThenBy(way => way.DeployedAt).ThenByDescending(way => way.Freed.Count),
    ];

    /// <summary>
    /// Ways that together free so many, each time the one that takes the fewest further detachments for each licence; what turns
    /// out not to be needed is left out again. Fewer than asked for where there are not so many.
    /// </summary>
    public IReadOnlyList<Way> Together(IReadOnlyList<Way> ways, int count)
    {
        var (chosen, detached) = (new List<Way>(), new Dictionary<Guid, HashSet<Guid>>());
        var freed = 0;
        while (freed < count)
        {
            var best = ways.Select(way => (Way: way, Cost: Further(way), Gain: Math.Min(count - freed, Gain(way))))
                .Where(way => way.Gain > 0).OrderBy(way => (double)way.Cost / way.Gain).ThenBy(way => way.Cost).ThenBy(way => way.Way.DeployedAt).FirstOrDefault();
            if (best.Way is null) break;
            chosen.Add(best.Way);
            Detached(best.Way.PlaceId).UnionWith(best.Way.ProcessIds);
            freed = FreedBy(chosen);
        }

        foreach (var way in chosen.ToList())
        {
            if (FreedBy(chosen.Where(other => other != way)) >= Math.Min(count, freed)) chosen.Remove(way);
        }

        return chosen;

        HashSet<Guid> Detached(Guid placeId) => detached.TryGetValue(placeId, out var processIds) ? processIds : detached[placeId] = [];

        int Further(Way way) => way.ProcessIds.Count(id => !Detached(way.PlaceId).Contains(id));

        int Gain(Way way) => Further(way) == 0 ? 0 : FreedBy(way.PlaceId, [.. Detached(way.PlaceId), .. way.ProcessIds]).Count - FreedBy(way.PlaceId, Detached(way.PlaceId)).Count;
    }

    /// <summary>How many licences are free when all this is done.</summary>
    public int FreedBy(IEnumerable<Way> ways) =>
        ways.GroupBy(way => way.PlaceId).Sum(place => FreedBy(place.Key, place.SelectMany(way => way.ProcessIds).ToHashSet()).Count);

    private IReadOnlyList<HeldPair> FreedBy(Guid placeId, IReadOnlyCollection<Guid> processIds) =>
        processIds.Count == 0 ? [] : [.. _byPlace[placeId].Where(pair => pair.ProcessIds.Count <= processIds.Count && pair.ProcessIds.All(processIds.Contains))];
}

/// <summary>A licence that is held: a connection on an Atom.</summary>
/// <param name="ComponentId">The connection.</param>
/// <param name="Name">Its name.</param>
/// <param name="AtomId">The Atom.</param>
/// <param name="PlaceId">Where the Processes are detached to free it: the Atom, or its environment.</param>
/// <param name="ProcessIds">The Processes that need it there.</param>
internal sealed record HeldPair(Guid ComponentId, string Name, Guid AtomId, Guid PlaceId, IReadOnlyList<Guid> ProcessIds);

/// <summary>Processes to detach from a place.</summary>
internal sealed record Way(Guid PlaceId, IReadOnlyList<Guid> ProcessIds)
{
    /// <summary>What that frees by itself.</summary>
    public IReadOnlyList<HeldPair> Freed { get; init; } = [];

    /// <summary>When the newest of them was deployed.</summary>
    public DateTimeOffset DeployedAt { get; init; }
}
