using System.Diagnostics;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>
/// Where to read on. Ids are drawn before their transactions commit, so rows appear behind ones that were read already:
/// reading begins a little behind the last row, and now and then at the very beginning, for senders that took long to commit.
/// </summary>
internal sealed class IntakeCursor
{
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    private readonly Queue<(long Time, long Id)> _seen = new();
    private long _floor;
    private long _last;
    private long _swept;

    /// <summary>Read rows above this one.</summary>
    public long Next()
    {
        while (_seen.TryPeek(out var seen) && Stopwatch.GetElapsedTime(seen.Time) > Behind) _floor = _seen.Dequeue().Id;
        if (_swept != 0 && Stopwatch.GetElapsedTime(_swept) < Sweep) return _floor;
        _swept = Stopwatch.GetTimestamp();
        return 0;
    }

    public void Read(IReadOnlyList<IntakeRow> rows)
    {
        if (rows.Count == 0 || rows[^1].Id <= _last) return;
        _last = rows[^1].Id;
        _seen.Enqueue((Stopwatch.GetTimestamp(), _last));
    }
}
