using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>How sealing stands on this node, for operators and metrics.</summary>
internal sealed class SealerStatus : IDisposable
{
    public const string MeterName = "ProcessDeployment.Ledger";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _lag;
    private readonly ConcurrentDictionary<string, string> _stopped = new(StringComparer.Ordinal);

    public SealerStatus()
    {
        _lag = _meter.CreateHistogram<double>("process_deployment.ledger.seal_lag", "s", "From an append to the published checkpoint that covers it; the oldest of each round.");
        _meter.CreateObservableGauge("process_deployment.ledger.checkpoint", () => LastNumber, "{checkpoint}", "Number of the last checkpoint that this node made.");
        _meter.CreateObservableGauge("process_deployment.ledger.stopped_accounts", () => _stopped.Count, "{account}", "Accounts that are not sealed because a position is missing or less than what is sealed.");
    }

    /// <summary>Whether this node is the one that seals. Another may be.</summary>
    public bool IsSealing { get; private set; }

    /// <summary>Why nothing can be sealed here; null when nothing stands against it.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The accounts that are not sealed any more, and why.</summary>
    public IEnumerable<string> Stopped => _stopped.OrderBy(account => account.Key, StringComparer.Ordinal).Select(account => account.Value);

    public long LastNumber { get; private set; }

    /// <summary>Raised after each checkpoint: its number, and the lag of the oldest event in it.</summary>
    public event Action<long, TimeSpan?>? Made;

    public void Begins() => (IsSealing, Trouble) = (true, null);

    public void Ends(string? trouble)
    {
        (IsSealing, Trouble) = (false, trouble);
        _stopped.Clear();
    }

    /// <summary>True the first time, and when the reason has become another.</summary>
    public bool Stop(string accountId, string why)
    {
        var isNews = !_stopped.TryGetValue(accountId, out var known) || known != why;
        _stopped[accountId] = why;
        return isNews;
    }

    public void Resume(string accountId) => _stopped.TryRemove(accountId, out _);

    public void Sealed(long number, TimeSpan? lag)
    {
        LastNumber = number;
        if (lag is { } oldest) _lag.Record(oldest.TotalSeconds);
        Made?.Invoke(number, lag);
    }

    public void Dispose() => _meter.Dispose();
}
