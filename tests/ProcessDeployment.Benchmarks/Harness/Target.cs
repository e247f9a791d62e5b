using System.Globalization;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What a figure should be. A target inside the interval is neither met nor missed.</summary>
internal sealed record Target(double Value, bool AtLeast, string Unit)
{
    public static Target AtLeastTimes(double value) => new(value, AtLeast: true, "×");

    public static Target AtMostTimes(double value) => new(value, AtLeast: false, "×");

    public static Target AtMost(double value, string unit) => new(value, AtLeast: false, unit);

    public string Judge(Interval interval)
    {
        if (interval.Low <= Value && Value <= interval.High && interval.Low < interval.High) return "not distinguishable";
        return (AtLeast ? interval.Low >= Value : interval.High <= Value) ? "met" : "missed";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? "≥" : "≤")} {Value:0.##}{(Unit == "×" ? " ×" : " " + Unit)}");
}
