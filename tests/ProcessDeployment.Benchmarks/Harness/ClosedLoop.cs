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
    public static async Task<Run> RunAsync(int workers, TimeSpan duration, Func<CpuTime?> cpu, Func<int, Task> send)
    {
        var cpuBefore = cpu();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var latency = Run.NewHistogram();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(worker, end, send, latency))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = cpu() - cpuBefore;
        return new(latency.TotalCount, elapsed, latency, used);
    }

    private static async Task WorkAsync(int worker, long end, Func<int, Task> send, HistogramBase latency)
    {
        for (var now = Stopwatch.GetTimestamp(); now < end;)
        {
            await send(worker);
            var then = Stopwatch.GetTimestamp();
            latency.RecordValue((long)Stopwatch.GetElapsedTime(now, then).TotalMicroseconds + 1);
            now = then;
        }
    }
}
