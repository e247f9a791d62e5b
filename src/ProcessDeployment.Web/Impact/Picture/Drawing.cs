namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>
/// The picture of a bundle: a column for each depth, so that all lines lead to the right; a part that is shared stands once.
/// Lines to the same part run together where they pass columns.
/// </summary>
internal sealed class Drawing
{
    private const int Pitch = 272;
    private const int Margin = 12;

    /// <summary>From so many parts of its own on a part shows those of a type as one.</summary>
    private const int Many = 12;

    private readonly Dictionary<(Guid, int), Box> _passages = [];
    private readonly Dictionary<Guid, Box> _boxes = [];
    private readonly List<List<Box>> _columns = [];
    private readonly List<Line> _lines = [];

    /// <param name="bundle">What is drawn.</param>
    /// <param name="whole">Every part by itself, however many there are.</param>
    public Drawing(Bundle bundle, bool whole)
    {
        var parents = bundle.Parts.Values.SelectMany(part => part.Links.Select(link => (link.To, part.ComponentId))).ToLookup(pair => pair.To, pair => pair.ComponentId);
        foreach (var (id, column) in Columns(bundle)) Add(_boxes[id] = new() { Part = bundle.Parts[id], Column = column });
        if (!whole)
        {
            foreach (var part in bundle.Parts.Values) Gather(part, bundle, parents);
        }

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

    /// <summary>Draws the parts as one that only this one refers to, that refer to nothing and of which there is nothing to say.</summary>
    private void Gather(Part part, Bundle bundle, ILookup<Guid, Guid> parents)
    {
        var own = part.Links.Where(link => !link.IsRoute).Select(link => bundle.Parts[link.To])
            .Where(child => child is { Links.Count: 0, Mark: null, IsMissing: false } && parents[child.ComponentId].Distinct().Count() == 1).ToList();
        if (own.Count <= Many) return;
        foreach (var several in own.GroupBy(child => child.Type).Where(group => group.Count() > 2))
        {
            foreach (var child in several) _columns[_boxes[child.ComponentId].Column].Remove(_boxes[child.ComponentId]);
            var box = new Box { Several = [.. several], Column = _boxes[part.ComponentId].Column + 1 };
            Add(box);
            foreach (var child in several) _boxes[child.ComponentId] = box;
        }
    }

    private void Add(Box box)
    {
        while (_columns.Count <= box.Column) _columns.Add([]);
        _columns[box.Column].Add(box);
    }

    private void Join(Box from, Link link)
    {
        var to = _boxes[link.To];
        if (to.Column <= from.Column || (to.Several.Count > 0 && from.To.Contains(to))) return;
        List<Box> through = [from];
        for (var column = from.Column + 1; column < to.Column; column++)
        {
            if (!_passages.TryGetValue((link.To, column), out var passage))
            {
                _passages.Add((link.To, column), passage = new() { Column = column });
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
