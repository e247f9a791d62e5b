using System.Diagnostics;

namespace ProcessDeployment.ChannelTests;

/// <summary>Waits for a condition that another program brings about: bounded, and saying what was waited for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? most = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (most ?? Most)) throw new TimeoutException($"Waited {(most ?? Most).TotalSeconds} s for {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
