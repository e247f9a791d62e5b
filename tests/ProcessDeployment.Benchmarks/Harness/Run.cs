using System.Diagnostics;
using HdrHistogram;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What one side did in one run.</summary>
/// <param name="Commands">Commands brought to effect.</param>
/// <param name="Elapsed">From the first to the last.</param>
/// <param name="Latency">In ticks of the stopwatch.</param>
/// <param name="CpuMilliseconds">Of the side under test and PostgreSQL; null where the system does not tell.</param>
internal sealed record Run(long Commands, TimeSpan Elapsed, HistogramBase Latency, double? CpuMilliseconds)
{
    public double Rate => Commands / Elapsed.TotalSeconds;

    public double? CpuPerCommand => CpuMilliseconds / Math.Max(1, Commands);

    public double Milliseconds(double percentile) => Latency.GetValueAtPercentile(percentile) * 1000.0 / Stopwatch.Frequency;

    public static LongHistogram NewHistogram() => new(1, Stopwatch.Frequency * 120L, 3);
}
