using System.Diagnostics;

namespace ProcessDeployment.AtomAgent;

/// <summary>Waits longer after each failure (R42), never as long as another who failed at the same moment. Measured by a clock that nobody sets.</summary>
internal sealed class Backoff(IReadOnlyList<TimeSpan> steps)
{
    private int _failures;
    private long _since;
    private TimeSpan _wait;

    /// <summary>Whether it is time to try again.</summary>
    public bool IsDue => _failures == 0 || Stopwatch.GetElapsedTime(_since) >= _wait;

    /// <summary>How long to wait now; at least as long as somebody asked for.</summary>
    public TimeSpan Failed(TimeSpan? atLeast = null)
    {
        var step = steps[Math.Min(_failures++, steps.Count - 1)];
        _since = Stopwatch.GetTimestamp();
        _wait = Jittered(atLeast > step ? atLeast.Value : step);
        return _wait;
    }

    /// <summary>What is left of the wait.</summary>
    public TimeSpan Left => _wait - Stopwatch.GetElapsedTime(_since) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public void Succeeded() => _failures = 0;

    /// <summary>A fifth more or less.</summary>
    public static TimeSpan Jittered(TimeSpan wait) => wait * (0.8 + (0.4 * Random.Shared.NextDouble()));
}
