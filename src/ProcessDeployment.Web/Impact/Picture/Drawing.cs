namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>
/// The picture of a bundle: a column for each depth, so that all lines lead to the right; a part that is shared stands once.
/// Lines to the same part run together where they pass columns.
/// </summary>
internal sealed class Drawing
{
    private const int Pitch = 272;
    private const int Margin = 12;

    /// <summary>So many of one type that only one other refers to are drawn as one, where there are many parts in all.</summary>
    private const int FewInMany = 2;

    /// <summary>The same where there are few parts, and for connections.</summary>
    private const int Few = 13;

    /// <summary>From so many parts on there are many.</summary>
    private const int Many = 60;

    private readonly Dictionary<(Box, int), Box> _passages = [];
    private readonly Dictionary<Guid, Box> _boxes = [];
    private readonly Dictionary<Guid, HashSet<Box>> _referrers = [];
    private readonly List<List<Box>> _columns = [];
    private readonly List<Line> _lines = [];
    private readonly HashSet<(Box, Box, bool)> _joined = [];

    /// <param name="bundle">What is drawn.</param>
    /// <param name="whole">Every part by itself, however many there are.</param>
    public Drawing(Bundle bundle, bool whole)
    {
        foreach (var column in Columns(bundle).GroupBy(pair => pair.Value, pair => bundle.Parts[pair.Key]).OrderBy(column => column.Key)) Fill(column.Key, column, bundle, whole);
        foreach (var (from, link) in bundle.Parts.Values.SelectMany(part => part.Links.Select(link => (part, link)))) Join(_boxes[from.ComponentId], link);
        Layering.Arrange(_columns);
    }

    public IEnumerable<Box> Boxes => _columns.SelectMany(column => column).Where(box => !box.IsPassage);

    public IReadOnlyList<Line> Lines => _lines;

    public bool HasGathered => _boxes.Values.Any(box => box.Several.Count > 0);

    public int Width => (2 * Margin) + ((_columns.Count - 1) * Pitch) + Box.Width;

    public int Height => (int)Math.Ceiling(_columns.SelectMany(column => column).Max(box => box.Y + (box.Room / 2))) + (2 * Margin);

    public static int Left(Box box) => Margin + (box.Column * Pitch);

    public static double Middle(Box box) => Margin + box.Y;

    /// <summary>How deep each part is at its deepest. What refers to itself in a circle, which no save allows, is not followed again.</summary>
    private static Dictionary<Guid, int> Columns(Bundle bundle)
    {
        var (order, begun) = (new List<Guid>(), new HashSet<Guid>());
        void Visit(Guid id)
        {
            if (!begun.Add(id)) return;
            foreach (var link in bundle.Parts[id].Links) Visit(link.To);
            order.Add(id);
        }

        Visit(bundle.Root.ComponentId);
        order.Reverse();
        var place = order.Select((id, at) => (id, at)).ToDictionary(pair => pair.id, pair => pair.at);
        var columns = order.ToDictionary(id => id, _ => 0);
        foreach (var id in order)
        {
            foreach (var link in bundle.Parts[id].Links.Where(link => place[link.To] > place[id])) columns[link.To] = Math.Max(columns[link.To], columns[id] + 1);
        }

        return columns;
    }

    /// <summary>Parts of one type, of which there is nothing to say and that only one box refers to, are drawn as one where there are several.</summary>
    private void Fill(int column, IEnumerable<Part> parts, Bundle bundle, bool whole)
    {
        foreach (var alike in parts.GroupBy(part => whole ? null : AloneIn(part)))
        {
            foreach (var some in alike.GroupBy(part => alike.Key is null ? $"{part.ComponentId}" : part.Type))
            {
                var several = some.Count() >= (bundle.Parts.Count > Many && !some.First().IsConnection ? FewInMany : Few);
                foreach (var box in several ? [new Box { Several = [.. some.OrderBy(part => part.Label, StringComparer.OrdinalIgnoreCase)] }] : some.Select(part => new Box { Part = part }))
                {
                    box.Column = column;
                    Add(box);
                    foreach (var part in several ? box.Several : [box.Part!]) _boxes[part.ComponentId] = box;
                }
            }
        }

        foreach (var part in parts)
        {
            foreach (var link in part.Links) (_referrers.TryGetValue(link.To, out var from) ? from : _referrers[link.To] = []).Add(_boxes[part.ComponentId]);
        }
    }

    /// <summary>The only box that refers to a part; null where there are others, or something is to be said of it.</summary>
    private Box? AloneIn(Part part) =>
        part is { IsProcess: false, IsMissing: false, IsBundled: true, Mark: null } && _referrers.TryGetValue(part.ComponentId, out var from) && from.Count == 1 ? from.Single() : null;

    private void Add(Box box)
    {
        while (_columns.Count <= box.Column) _columns.Add([]);
        _columns[box.Column].Add(box);
    }

    private void Join(Box from, Link link)
    {
        var to = _boxes[link.To];
        if (to.Column <= from.Column || !_joined.Add((from, to, link.IsRoute))) return;
        List<Box> through = [from];
        for (var column = from.Column + 1; column < to.Column; column++)
        {
            if (!_passages.TryGetValue((to, column), out var passage))
            {
                _passages.Add((to, column), passage = new() { Column = column });
                Add(passage);
            }

            through.Add(passage);
        }

        through.Add(to);
        foreach (var (one, other) in through.Zip(through.Skip(1)))
        {
            if (one.To.Contains(other)) continue;
            one.To.Add(other);
            other.From.Add(one);
        }

        _lines.Add(new(through, link.IsRoute));
    }
}
