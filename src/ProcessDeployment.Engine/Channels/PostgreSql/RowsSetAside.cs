using System.Diagnostics;

namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>Rows this node cannot read yet. They stay in the intake; reading them in every round would keep it from those behind them.</summary>
internal sealed class RowsSetAside
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Dictionary<long, long> _since = [];

    public void Add(long row) => _since[row] = Stopwatch.GetTimestamp();

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
