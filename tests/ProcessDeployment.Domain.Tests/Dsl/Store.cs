using System.Collections.Immutable;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Tests.Dsl;

/// <summary>Stands for the tables of current state: folds everything, and answers only what it is asked.</summary>
internal sealed class Store
{
    private readonly List<(Guid ComponentId, int Revision, string Actor)> _made = [];

    /// <summary>All of the account, with every relation looked up.</summary>
    public Account Complete { get; private set; } = Account.Empty with { Licences = LicenceState.None, Environments = EnvironmentsState.None, Access = AccessState.None, AttachedProcesses = [], LiveWebhooks = [] };

    public void Record(DomainEvent @event, string actor = World.Kim)
    {
        if (@event is RevisionMade revision) _made.Add((revision.ComponentId, revision.Revision, actor));
        if (@event is RevisionMade made)
        {
            Complete = Complete with
            {
                Referrers = Ensure(Complete.Referrers, [made.ComponentId, .. made.References.Select(reference => reference.ComponentId)], []),
                Versions = Ensure(Complete.Versions, [made.ComponentId], []),
            };
        }

        if (@event is AtomRegistered { AtomId: var atomId }) Complete = Complete with { AttachedTo = Ensure(Complete.AttachedTo, [atomId], []) };
        if (@event is EnvironmentCreated { EnvironmentId: var environmentId })
            Complete = Complete with { AtomsIn = Ensure(Complete.AtomsIn, [environmentId], []), ProcessesIn = Ensure(Complete.ProcessesIn, [environmentId], []) };
        Complete = Complete.Evolve(@event);
    }

    public Found Answer(Needs needs)
    {
        var holdings = Complete.Licences!.Holdings.Where(holding => needs.Pairs.Contains(holding.Key) || holding.Value.Any(held => needs.Holders.Contains(held.Pool)));
        return new()
        {
            Components = Of(needs.Components.Concat(Reached(needs.Closures)), Complete.Components),
            Atoms = Of(needs.Atoms, Complete.Atoms),
            Webhooks = Of(needs.Webhooks, Complete.Webhooks),
            LiveWebhooks = needs.LiveWebhooks ? Complete.LiveWebhooks : null,
            Attachments = Of(needs.Attachments, Complete.Attachments),
            Executions = Of(needs.Executions, Complete.Executions),
            Parents = needs.Parents.ToDictionary(key => key, ParentsOf),
            UnderWay = needs.UnderWay.ToDictionary(key => key, UnderWay),
            AttachedTo = needs.AttachedTo.ToDictionary(id => id, id => Complete.AttachedTo.GetValueOrDefault(id, []).AsEnumerable()),
            Referrers = needs.Referrers.ToDictionary(id => id, id => Complete.Referrers.GetValueOrDefault(id, []).AsEnumerable()),
            Versions = needs.Versions.ToDictionary(id => id, id => Complete.Versions.GetValueOrDefault(id, [])),
            Manifests = Of(needs.Manifests, Complete.Manifests),
            Revisers = needs.RevisersOf.ToDictionary(after => after, after => Revisers(after)),
            Access = needs.Access ? Complete.Access : null,
            Environments = needs.Environments ? Complete.Environments : null,
            AtomsIn = needs.AtomsOf.ToDictionary(id => id, id => Complete.AtomsIn.GetValueOrDefault(id, []).AsEnumerable()),
            ProcessesIn = needs.ProcessesOf.ToDictionary(id => id, id => Complete.ProcessesIn.GetValueOrDefault(id, []).AsEnumerable()),
            AttachedProcesses = needs.AnyAttached ? Complete.AttachedProcesses : null,
            Licences = !needs.Licences && needs.Pairs.Count + needs.Holders.Count == 0 ? null : Complete.Licences with
            {
                Holdings = holdings.ToImmutableDictionary().AddRange(needs.Pairs
                    .Where(pair => !Complete.Licences.Holdings.ContainsKey(pair))
                    .Select(pair => KeyValuePair.Create(pair, ImmutableSortedSet<Holding>.Empty))),
                ListedPools = [.. needs.Holders],
            },
        };
    }

    private ImmutableArray<Guid> UnderWay(AttachmentKey key) =>
        [.. from run in Complete.Executions.Values
            where run!.ProcessId == key.ProcessId && run.AtomId == key.AtomId && run.Kind != ExecutionKind.SubProcess && !run.HasEnded()
            select run.ExecutionId];

    private ImmutableHashSet<string> Revisers(RevisionsAfter after) => [.. from made in _made where made.ComponentId == after.ComponentId && made.Revision > after.Revision select made.Actor];

    private ImmutableArray<Guid> ParentsOf(AttachmentKey key) =>
        [.. (from parent in Complete.Components.Values
             where parent!.ComponentId != key.ProcessId && parent.Deployment.AtomIds.Contains(key.AtomId) && parent.Deployment.VersionOn(key.AtomId) > 0
                 && Complete.Manifests[new(parent.ComponentId, parent.Deployment.VersionOn(key.AtomId))]!.Manifest.Any(entry => entry.ComponentId == key.ProcessId)
             orderby parent.ComponentId
             select parent.ComponentId).Take(ParentsDetails.MostParents)];

    private HashSet<Guid> Reached(IEnumerable<Guid> roots)
    {
        var reached = new HashSet<Guid>(roots);
        var waiting = new Queue<Guid>(reached);
        while (waiting.TryDequeue(out var id))
        {
            foreach (var next in (Complete.Component(id)?.DependsOn() ?? []).Where(reached.Add)) waiting.Enqueue(next);
        }

        return reached;
    }

    private static Dictionary<TKey, T?> Of<TKey, T>(IEnumerable<TKey> keys, ImmutableDictionary<TKey, T?> all)
        where TKey : notnull => keys.Distinct().ToDictionary(key => key, key => all.GetValueOrDefault(key));

    private static ImmutableDictionary<Guid, T> Ensure<T>(ImmutableDictionary<Guid, T> known, IEnumerable<Guid> ids, T none) =>
        ids.Aggregate(known, (all, id) => all.ContainsKey(id) ? all : all.Add(id, none));
}
