namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Something that holds from its position on, until the next of the same key.</summary>
/// <param name="Item">What holds.</param>
/// <param name="First">Nothing in the page comes before it: it ends what the table holds now.</param>
public sealed record Step<T>(T Item, bool First)
{
    /// <summary>Position at which it stops to hold; null while it holds.</summary>
    public long? ValidTo { get; set; }
}

public static class Timeline
{
    /// <summary>Orders values of a page in time: every step is kept, not only the last, since <c>asOf</c> asks for each.</summary>
    public static List<Step<T>> Of<T, TKey>(IEnumerable<T> items, Func<T, TKey> key, Func<T, long> position)
        where TKey : notnull
    {
        var steps = new List<Step<T>>();
        var last = new Dictionary<TKey, Step<T>>();
        foreach (var item in items)
        {
            var step = new Step<T>(item, !last.TryGetValue(key(item), out var before));
            if (before is not null) before.ValidTo = position(item);
            last[key(item)] = step;
            steps.Add(step);
        }

        return steps;
    }
}
