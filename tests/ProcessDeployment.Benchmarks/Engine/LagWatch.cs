using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HdrHistogram;
using Npgsql;
using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>From an outcome in the sender's hands to the read models that contain it: what a reader of his own writes waits for.</summary>
internal sealed class LagWatch : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<(long Position, long When)>> _committed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<(long Position, long When)>> _read = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlConnection _connection;
    private volatile TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _listening = Task.CompletedTask;

    private LagWatch(NpgsqlConnection connection) => _connection = connection;

    public static async Task<LagWatch> StartAsync(BenchmarkDatabase database)
    {
        var watch = new LagWatch(new(database.ConnectionString));
        await watch._connection.OpenAsync();
        watch._connection.Notification += (_, notified) => watch.Heard(notified.Payload);
        await using (var listen = new NpgsqlCommand("listen process_deployment_read", watch._connection)) await listen.ExecuteNonQueryAsync();
        watch._listening = watch.ListenAsync();
        return watch;
    }

    public void Committed(string accountId, long position) =>
        _committed.GetOrAdd(accountId, static _ => new()).Enqueue((position, Stopwatch.GetTimestamp()));

    /// <summary>The lag of all commands so far, in microseconds; everything must have been read.</summary>
    public async Task<LongConcurrentHistogram> TakeAsync()
    {
        await AllReadAsync().WaitAsync(Patience);
        var lags = Run.NewHistogram();
        foreach (var (account, positions) in _committed)
        {
            var read = ReadOf(account);
            while (positions.TryDequeue(out var committed))
            {
                var at = Array.FindIndex(read, r => r.Position >= committed.Position);
                if (at < 0) throw new InvalidOperationException($"Nobody said that account {account} was read up to {committed.Position}.");
                lags.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(committed.When, read[at].When).TotalMicroseconds));
            }
        }

        _read.Clear();
        return lags;
    }

    /// <summary>Until the last notification is here.</summary>
    private async Task AllReadAsync()
    {
        while (true)
        {
            // Before looking, so that what comes in between is not missed.
            var heard = _heard.Task;
            if (_committed.All(account => account.Value.IsEmpty || ReadOf(account.Key) is [.., var last] && last.Position >= account.Value.Max(committed => committed.Position))) return;
            await heard;
        }
    }

    private (long Position, long When)[] ReadOf(string account)
    {
        var read = _read.GetOrAdd(account, static _ => []);
        lock (read) return [.. read];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true) await _connection.WaitAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Heard(string payload)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var part in payload.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var read = _read.GetOrAdd(part[..colon], static _ => []);
            lock (read) read.Add((long.Parse(part.AsSpan(colon + 1), CultureInfo.InvariantCulture), now));
        }

        Interlocked.Exchange(ref _heard, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
