namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>Orders the boxes of each column so that few lines cross, and gives each its place.</summary>
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

    /// <summary>From the right: each box beside the first of those it refers to, so that one reads from the top left; what is in the way moves it down.</summary>
    private static void Place(IReadOnlyList<List<Box>> columns)
    {
        foreach (var column in columns.Reverse())
        {
            var free = 0.0;
            foreach (var box in column)
            {
                box.Y = Math.Max(free + (box.Room / 2), box.To.Count == 0 ? 0 : box.To.Min(to => to.Y));
                free = box.Y + (box.Room / 2);
            }
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
