namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>
/// The median of a few values and where the true median lies with at least 95 %: between two of the values themselves
/// (order statistics), so that nothing is assumed about how they are spread.
/// </summary>
internal readonly record struct Interval(double Median, double Low, double High)
{
    public static Interval Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("No values.", nameof(values));
        var k = Rank(sorted.Length);
        var middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new(middle, sorted[k], sorted[sorted.Length - 1 - k]);
    }

    /// <summary>How many values may be left out at each end. Below six values none, and even all of them say less than 95 %.</summary>
    private static int Rank(int count)
    {
        var (k, outside, term) = (0, 0.0, Math.Pow(0.5, count));
        while (true)
        {
            outside += term;
            if (2 * outside > 0.05) return Math.Max(0, k - 1);
            term *= (double)(count - k) / (k + 1);
            k++;
        }
    }
}
