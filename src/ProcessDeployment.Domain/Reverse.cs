using System.Collections.Immutable;

namespace ProcessDeployment.Domain;

/// <summary>Keeps a reversed relation in step. Only keys that were looked up are kept; the others stay unknown.</summary>
internal static class Reverse
{
    public static ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> Moved(
        ImmutableDictionary<Guid, ImmutableSortedSet<Guid>> relation, Guid from, IEnumerable<Guid> before, IEnumerable<Guid> after)
    {
        if (relation.IsEmpty) return relation;
        foreach (var to in before)
        {
            if (relation.TryGetValue(to, out var known)) relation = relation.SetItem(to, known.Remove(from));
        }

        foreach (var to in after)
        {
            if (relation.TryGetValue(to, out var known)) relation = relation.SetItem(to, known.Add(from));
        }

        return relation;
    }
}
