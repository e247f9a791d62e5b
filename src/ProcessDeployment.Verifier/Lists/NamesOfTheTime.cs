using System.Text;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>
/// Who had which name when: learned from the events, in their order. What was named before the bundle begins is not known,
/// unless it begins with the account; and what an event of a type that this program does not know happened to may be called
/// otherwise since.
/// </summary>
internal sealed class NamesOfTheTime(bool fromTheBeginning)
{
    private readonly Dictionary<string, string> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _atoms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Learns from an event, and says what its name and its summary must be.</summary>
    public void Take(EventFacts facts)
    {
        if (facts.Words is not { } words)
        {
            Forget(facts);
            return;
        }

        if (words.Name is { } given)
        {
            if (facts.Revision is not null) Learn(_components, facts.ComponentId ?? "", given);
            else if (facts.ComponentId is null && words is { AtomIds: [var atomId] }) Learn(_atoms, atomId, given);
        }

        var (names, areKnown) = Of(words.AtomIds);
        facts.Name = words.Name ?? (facts.ComponentId is { } id && _components.TryGetValue(id, out var name) ? name
            : (facts.ComponentId is { } unnamed && !IsNameless(unnamed)) || !areKnown ? null : names ?? "");
        facts.Summary = !words.ListsAtoms ? words.Before + words.Rest : areKnown ? words.Before + names + words.Rest : null;
    }

    private void Learn(Dictionary<string, string> names, string id, string name)
    {
        names[id] = name;
        _open.Remove(id);
    }

    private void Forget(EventFacts facts)
    {
        var id = facts.Stream[(facts.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        _components.Remove(id);
        _atoms.Remove(id);
        _open.Add(id);
    }

    /// <summary>Whether something without a name that is known here has none: it was never given one.</summary>
    private bool IsNameless(string id) => fromTheBeginning && !_open.Contains(id);

    private (string? Names, bool AreKnown) Of(IReadOnlyList<string> atomIds)
    {
        if (atomIds.Count == 0) return (null, true);
        var names = atomIds.Where(_atoms.ContainsKey).Select(id => _atoms[id]).ToList();
        if (!atomIds.All(atomId => _atoms.ContainsKey(atomId) || IsNameless(atomId))) return (null, false);
        names.Sort(ByBytes);
        return (names.Count == 0 ? null : string.Join(", ", names), true);
    }

    /// <summary>The order of UTF-8, which is the same everywhere.</summary>
    public static int ByBytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
