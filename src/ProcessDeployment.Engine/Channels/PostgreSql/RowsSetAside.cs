using System.Diagnostics;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>Rows this node cannot read yet. They stay in the intake; reading them in every round would keep it from those behind them.</summary>
internal sealed class RowsSetAside
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    /// <summary>A sender with a wrong version would set aside whatever it sends.</summary>
    private const int Most = 1_000;

    private readonly Dictionary<long, long> _since = [];

    /// <summary>False when there are too many already.</summary>
    public bool TryAdd(long row)
    {
        if (_since.Count >= Most) return false;
        _since[row] = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Those not to be read now. After a pause each is looked at again, and forgotten if it is gone.</summary>
    public IEnumerable<long> Now()
    {
        foreach (var (row, since) in _since)
        {
            if (Stopwatch.GetElapsedTime(since) > Pause) _since.Remove(row);
        }

        return _since.Keys;
    }
}
