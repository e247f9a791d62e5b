using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Components;

/// <summary>Dependent references must not lead back to where they start (#30): a bundle that calls itself cannot be judged.</summary>
public static class Cycles
{
    /// <summary>The path from a component over one of <paramref name="references"/> back to itself, past live components only; null when there is none.</summary>
    public static IReadOnlyList<Guid>? Path(Guid componentId, IEnumerable<Guid> references, Account account)
    {
        var from = new Dictionary<Guid, Guid>();
        var waiting = new Queue<Guid>();
        foreach (var reference in references)
        {
            if (from.TryAdd(reference, componentId)) waiting.Enqueue(reference);
        }

        while (waiting.TryDequeue(out var id))
        {
            if (id == componentId) return Trail(componentId, from);
            if (account.Component(id) is not { Deleted: false } component) continue;
            foreach (var next in component.DependsOn())
            {
                if (from.TryAdd(next, id)) waiting.Enqueue(next);
            }
        }

        return null;
    }

    public static Refusal Refused(IReadOnlyList<Guid> path) =>
        new(RefusalCodes.ReferenceCycle, $"The references lead back to where they start: {string.Join(" → ", path)}.", new PathDetails(path));

    private static List<Guid> Trail(Guid componentId, Dictionary<Guid, Guid> from)
    {
        List<Guid> trail = [componentId];
        var id = componentId;
        do
        {
            id = from[id];
            trail.Add(id);
        }
        while (id != componentId);

        trail.Reverse();
        return trail;
    }
}
