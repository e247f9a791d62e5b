using System.Diagnostics;
using System.Threading.Channels;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>
/// Commands that fall due at a fixed rate, whether or not earlier ones were answered. Each is timed from when it was due, so
/// that a stall counts for all who would have waited in it.
/// </summary>
internal static class OpenLoop
{
    /// <param name="perSecond">Commands offered.</param>
    /// <param name="duration">How long they are offered; all are answered before the run ends.</param>
    /// <param name="workers">The most that are in flight; more wait, and their waiting counts.</param>
    /// <param name="cpu">The processor time used so far by what is measured.</param>
    /// <param name="send">Sends one command of a worker and waits for its outcome.</param>
    public static async Task<Run> RunAsync(int perSecond, TimeSpan duration, int workers, Func<CpuTime?> cpu, Func<int, Task> send)
    {
        var due = Channel.CreateUnbounded<long>(new() { SingleWriter = true });
        var latency = Run.NewHistogram();
        var cpuBefore = cpu();
        var start = Stopwatch.GetTimestamp();
        var working = Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            await foreach (var when in due.Reader.ReadAllAsync())
            {
                await send(worker);
                latency.RecordValue((long)Stopwatch.GetElapsedTime(when).TotalMicroseconds + 1);
            }
        })).ToList();
        var offering = new Thread(() => Offer(due.Writer, perSecond, duration, start)) { Priority = ThreadPriority.Highest };
        offering.Start();
        await Task.WhenAll(working);
        return new(latency.TotalCount, Stopwatch.GetElapsedTime(start), latency, cpu() - cpuBefore);
    }

    private static void Offer(ChannelWriter<long> due, int perSecond, TimeSpan duration, long start)
    {
        var all = (long)(perSecond * duration.TotalSeconds);
        // A thread that offers without a pause would take a whole core; what was due meanwhile is offered with the time at which it was due.
        for (long offered = 0; offered < all; Thread.Sleep(1))
        {
            var now = Math.Min(all, (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond));
            for (; offered < now; offered++) due.TryWrite(start + offered * Stopwatch.Frequency / perSecond);
        }

        due.Complete();
    }
}
