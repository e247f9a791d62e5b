using HdrHistogram;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What one side did in one run.</summary>
/// <param name="Commands">Commands brought to effect.</param>
/// <param name="Elapsed">From the first to the last.</param>
/// <param name="Latency">In microseconds.</param>
/// <param name="Cpu">Of the side under test and PostgreSQL; null where the system does not tell.</param>
internal sealed record Run(long Commands, TimeSpan Elapsed, HistogramBase Latency, CpuTime? Cpu)
{
    public double Rate => Commands / Elapsed.TotalSeconds;

    public CpuTime? CpuPerCommand => Cpu / Math.Max(1, Commands);

    public double Milliseconds(double percentile) => Latency.TotalCount == 0 ? double.NaN : Latency.GetValueAtPercentile(percentile) / 1000.0;

    /// <summary>For latencies up to two minutes. One for all workers: thousands of them would be a load of their own.</summary>
    public static LongConcurrentHistogram NewHistogram() => new(1, 120_000_000, 3);
}
