using System.Threading.RateLimiting;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>How many requests a second an account may send, as the platform has it; what is over is answered 503.</summary>
internal sealed class PlatformRate(PlatformOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _limiter = options.RequestsPerSecond is { } rate
        ? PartitionedRateLimiter.Create<string, string>(accountId => RateLimitPartition.GetTokenBucketLimiter(accountId, _ => new()
        {
            TokenLimit = rate,
            TokensPerPeriod = rate,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }))
        : null;

    /// <exception cref="PlatformException">It was too much.</exception>
    public void Take(string accountId)
    {
        if (_limiter is null) return;
        using var lease = _limiter.AttemptAcquire(accountId);
        if (!lease.IsAcquired) throw new PlatformException(Problem.TooMany($"The rate of this account is exceeded: {options.RequestsPerSecond} requests a second.", "rate-exceeded", 1));
    }

    public void Dispose() => _limiter?.Dispose();
}
