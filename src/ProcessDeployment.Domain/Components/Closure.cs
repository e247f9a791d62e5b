using ProcessDeployment.Contracts;

namespace ProcessDeployment.Domain.Components;

/// <summary>Everything reached from a component by dependent references; independent ones are deployed on their own (R9, #28–#31).</summary>
public static class Closure
{
    /// <summary>The components that a walk from the roots comes to and that were not looked up yet.</summary>
    public static IReadOnlyCollection<Guid> Unknown(IEnumerable<Guid> roots, Account account)
    {
        var unknown = new HashSet<Guid>();
        var seen = new HashSet<Guid>(roots);
        var waiting = new Stack<Guid>(seen);
        while (waiting.TryPop(out var id))
        {
            if (!account.Components.TryGetValue(id, out var component)) unknown.Add(id);
            foreach (var next in component?.DependsOn() ?? [])
            {
                if (seen.Add(next)) waiting.Push(next);
            }
        }

        return unknown;
    }

    /// <summary>The closure of a Process, itself first and then by id; or why it has none, with the path to the trouble.</summary>
    public static (IReadOnlyList<Component> Components, Refusal? Refusal) Of(Guid root, Account account)
    {
        var found = new Dictionary<Guid, Component>();
        IReadOnlyList<Guid>? missing = null, cycle = null;
        var walk = new Walk(account);
        walk.From(
            root,
            enter: component => found.Add(component.ComponentId, component),
            missing: path => missing ??= path,
            cycle: path => cycle ??= path);

        if (missing is not null)
            return ([], new(RefusalCodes.MissingComponent, Missing(account, missing[^1]), new PathDetails(missing)));
        if (cycle is not null) return ([], Cycles.Refused(cycle));

        return ([found[root], .. found.Values.Where(component => component.ComponentId != root).OrderBy(component => component.ComponentId)], null);
    }

    private static string Missing(Account account, Guid id) =>
        account.Component(id) is { } deleted ? $"Component {id} ({deleted.Name}) is deleted." : $"Component {id} was never saved.";

    /// <summary>A depth-first walk that keeps its path, without recursion: a chain may be as long as an account is large.</summary>
    private sealed class Walk(Account account)
    {
        private readonly HashSet<Guid> _left = [];
        private readonly HashSet<Guid> _open = [];
        private readonly Stack<(Guid Id, IEnumerator<Guid> Next)> _path = new();

        public void From(Guid root, Action<Component> enter, Action<IReadOnlyList<Guid>> missing, Action<IReadOnlyList<Guid>> cycle)
        {
            Enter(root, enter, missing);
            while (_path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    _path.Pop();
                    _open.Remove(top.Id);
                    _left.Add(top.Id);
                }
                else if (_open.Contains(top.Next.Current))
                {
                    cycle([.. PathTo(top.Next.Current).SkipWhile(id => id != top.Next.Current)]);
                }
                else if (!_left.Contains(top.Next.Current))
                {
                    Enter(top.Next.Current, enter, missing);
                }
            }
        }

        private void Enter(Guid id, Action<Component> enter, Action<IReadOnlyList<Guid>> missing)
        {
            if (account.Component(id) is not { Deleted: false } component)
            {
                missing([.. PathTo(id)]);
                _left.Add(id);
                return;
            }

            enter(component);
            _open.Add(id);
            _path.Push((id, component.DependsOn().GetEnumerator()));
        }

        private IEnumerable<Guid> PathTo(Guid id) => _path.Reverse().Select(step => step.Id).Append(id);
    }
}
