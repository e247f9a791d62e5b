using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Hears from PostgreSQL, with the commit of each page, how far the read models of which accounts came.</summary>
public sealed class ReadPositionFeed(Databases databases, ILogger<ReadPositionFeed> log) : BackgroundService
{
    /// <summary>Whoever waits looks for himself meanwhile.</summary>
    private static readonly TimeSpan BeforeReconnecting = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _next = new(StringComparer.Ordinal);

    private volatile TaskCompletionSource _any = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Raised when the read models of an account moved to a position. Handlers must not block.</summary>
    public event Action<string, long>? Moved;

    /// <summary>The last position heard of; 0 when nothing was heard yet.</summary>
    public long Reached(string accountId) => _reached.GetValueOrDefault(accountId);

    /// <summary>Ends when the read models of the account move the next time.</summary>
    public Task NextAsync(string accountId) => _next.GetOrAdd(accountId, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Ends when the read models of any account move the next time.</summary>
    public Task AnyAsync() => _any.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or OperationCanceledException)
            {
                log.LogWarning(e, "Lost the connection that tells how far the read models are; until it is back, those who wait look for themselves");
                await Task.Delay(BeforeReconnecting, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        connection.Notification += (_, notified) => Heard(notified.Payload);
        await using (var listen = new NpgsqlCommand($"listen {ReadPositions.Channel}", connection)) await listen.ExecuteNonQueryAsync(cancellation);
        // What happened before was not heard: whoever waits looks for himself.
        foreach (var accountId in _next.Keys) Wake(accountId);
        while (true) await connection.WaitAsync(cancellation);
    }

    /// <summary>The payload is that of <see cref="ReadPositions"/>: <c>account:position account:position …</c>.</summary>
    private void Heard(string payload)
    {
        foreach (var part in payload.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (accountId, position) = (part[..part.IndexOf(':', StringComparison.Ordinal)], long.Parse(part.AsSpan(part.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture));
            _reached[accountId] = position;
            Wake(accountId);
            Moved?.Invoke(accountId, position);
        }

        WakeAny();
    }

    private void WakeAny() => Interlocked.Exchange(ref _any, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private void Wake(string accountId)
    {
        if (_next.TryRemove(accountId, out var waiting)) waiting.TrySetResult();
    }
}
