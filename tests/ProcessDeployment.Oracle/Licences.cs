using ProcessDeployment.Contracts;

namespace ProcessDeployment.Testing;

/// <summary>Counts distinct (connection, Atom) pairs of current versions, from scratch (R28).</summary>
internal static class Licences
{
    public static IReadOnlyList<PoolItem> Pools(Facts facts)
    {
        var needs = Needs(facts).Where(need => !need.Exempt).ToLookup(need => (need.Class, need.Classification));
        return
        [
            .. from @class in Enum.GetValues<ConnectorClass>()
               from classification in Enum.GetValues<Classification>()
               let connections = Connections(needs[(@class, classification)], facts)
               let purchased = facts.Purchased.TryGetValue((@class, classification), out var count) ? count : (int?)null
               select new PoolItem(
                   @class, classification, purchased, connections.Count, purchased - connections.Count, connections.Count > purchased, connections),
        ];
    }

    public static IReadOnlyList<ConnectionItem> Exempt(Facts facts) => Connections(Needs(facts).Where(need => need.Exempt), facts);

    private static List<ConnectionItem> Connections(IEnumerable<Need> needs, Facts facts) =>
    [
        .. from need in needs
           group need.ProcessId by (need.ComponentId, need.AtomId) into pair
           orderby pair.Key.ComponentId, pair.Key.AtomId
           select new ConnectionItem(pair.Key.ComponentId, facts.Components[pair.Key.ComponentId].Name, pair.Key.AtomId, [.. pair.Distinct().Order()]),
    ];

    private static IEnumerable<Need> Needs(Facts facts) =>
        from history in facts.Histories
        from atomId in facts.AtomsOf(history.Key)
        let effective = facts.On(history.Key, atomId)
        where effective is not null
        from entry in effective.Deployed.Manifest
        let connector = entry.Connector
        where connector is not null
        let classification = facts.EnvironmentOf.TryGetValue(atomId, out var environmentId) ? facts.Environments[environmentId].Classification : Classification.Production
        select new Need(history.Key, entry.ComponentId, atomId, connector.Class, classification, connector.Exempt);

    private sealed record Need(Guid ProcessId, Guid ComponentId, Guid AtomId, ConnectorClass Class, Classification Classification, bool Exempt);
}
