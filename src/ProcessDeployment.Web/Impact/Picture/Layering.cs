namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>Orders the boxes of each column so that few lines cross, and moves them towards what they are joined to.</summary>
internal static class Layering
{
    private const int Rounds = 12;

    /// <param name="columns">The boxes by columns; each is put in order.</param>
    public static void Arrange(IReadOnlyList<List<Box>> columns)
    {
        var best = (Crossings: long.MaxValue, Order: columns.Select(column => column.ToArray()).ToArray());
        Number(columns);
        for (var round = 0; round < Rounds; round++)
        {
            var forwards = round % 2 == 0;
            foreach (var column in forwards ? columns : columns.Reverse())
            {
                var order = column.Select((box, at) => (Box: box, Wanted: Middle(forwards ? box.From : box.To) ?? at)).OrderBy(pair => pair.Wanted).Select(pair => pair.Box).ToList();
                column.Clear();
                column.AddRange(order);
                Number([column]);
            }

            var crossings = columns.Sum(Crossings);
            if (crossings < best.Crossings) best = (crossings, columns.Select(column => column.ToArray()).ToArray());
        }

        for (var at = 0; at < columns.Count; at++)
        {
            columns[at].Clear();
            columns[at].AddRange(best.Order[at]);
        }

        Place(columns);
    }

    /// <summary>From both sides in turn; at last from the left, as it is read.</summary>
    private static void Place(IReadOnlyList<List<Box>> columns)
    {
        foreach (var column in columns) Spread(column, column.Select(_ => 0.0).ToArray());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var column in round % 2 == 0 ? columns.Reverse() : columns)
                Spread(column, [.. column.Select(box => Middle(round % 2 == 0 ? box.To : box.From) ?? box.Y)]);
        }

        var top = columns.SelectMany(column => column).Min(box => box.Y - (box.Room / 2));
        foreach (var box in columns.SelectMany(column => column)) box.Y -= top;
    }

    /// <summary>
    /// Each box as near as can be to where it is wanted, in their order and without overlap: those that are in each other's way
    /// move together to the mean of what they want.
    /// </summary>
    private static void Spread(List<Box> column, double[] wanted)
    {
        var offsets = new double[column.Count];
        for (var at = 1; at < column.Count; at++) offsets[at] = offsets[at - 1] + ((column[at - 1].Room + column[at].Room) / 2);
        var blocks = new Stack<(double Sum, int Count)>();
        for (var at = 0; at < column.Count; at++)
        {
            var block = (Sum: wanted[at] - offsets[at], Count: 1);
            while (blocks.TryPeek(out var above) && above.Sum / above.Count >= block.Sum / block.Count)
            {
                blocks.Pop();
                block = (block.Sum + above.Sum, block.Count + above.Count);
            }

            blocks.Push(block);
        }

        var place = 0;
        foreach (var (sum, count) in blocks.Reverse())
        {
            for (var end = place + count; place < end; place++) column[place].Y = (sum / count) + offsets[place];
        }
    }

    private static void Number(IEnumerable<List<Box>> columns)
    {
        foreach (var column in columns)
        {
            for (var at = 0; at < column.Count; at++) column[at].Y = at;
        }
    }

    private static double? Middle(List<Box> boxes) => boxes.Count == 0 ? null : boxes.Average(box => box.Y);

    /// <summary>How many lines cross behind a column.</summary>
    private static long Crossings(List<Box> column)
    {
        var ends = column.SelectMany(box => box.To.Select(to => to.Y).Order()).ToList();
        var crossings = 0L;
        for (var one = 0; one < ends.Count; one++)
        {
            for (var other = one + 1; other < ends.Count; other++)
            {
                if (ends[one] > ends[other]) crossings++;
            }
        }

        return crossings;
    }
}
