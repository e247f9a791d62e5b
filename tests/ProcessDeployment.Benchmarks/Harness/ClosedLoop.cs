using System.Diagnostics;
using HdrHistogram;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>Workers that each send their next command when the last one was answered.</summary>
internal static class ClosedLoop
{
    /// <param name="workers">How many commands are in flight.</param>
    /// <param name="duration">When to stop sending.</param>
    /// <param name="cpu">The processor time used so far by what is measured.</param>
    /// <param name="send">Sends one command of a worker and waits for its outcome.</param>
    public static async Task<Run> RunAsync(int workers, TimeSpan duration, Func<double?> cpu, Func<int, Task> send)
    {
        var cpuBefore = cpu();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var histograms = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(worker, end, send))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = cpu() - cpuBefore;
        var all = Run.NewHistogram();
        foreach (var histogram in histograms) all.Add(histogram);
        return new(all.TotalCount, elapsed, all, used);
    }

    private static async Task<LongHistogram> WorkAsync(int worker, long end, Func<int, Task> send)
    {
        var histogram = Run.NewHistogram();
        for (var now = Stopwatch.GetTimestamp(); now < end;)
        {
            await send(worker);
            var then = Stopwatch.GetTimestamp();
            histogram.RecordValue(Math.Max(1, then - now));
            now = then;
        }

        return histogram;
    }
}
