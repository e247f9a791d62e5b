using System.Collections.Concurrent;
using System.Diagnostics;
using ProcessDeployment.Contracts;
using ProcessDeployment.Faults.Tests.Harness;

namespace ProcessDeployment.Faults.Tests.Nodes;

/// <summary>
/// Spreads requests over engines as a balancer does: in turn over those that said they are ready when it last asked. It tries
/// nothing a second time, so whatever an engine does not answer is an error to a caller, and kept.
/// </summary>
internal sealed class Balancer : ISender
{
    /// <summary>How often it asks.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>How long it waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, string> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _left = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<(HttpSender Sender, HttpClient Health)> _engines;
    private readonly Task _asking;
    private (HttpSender Sender, HttpClient Health)[] _ready;
    private int _turn;
    private int _answers;

    public Balancer(params IEnumerable<string> urls)
    {
        _engines = [.. urls.Select(url => (new HttpSender(url), new HttpClient { BaseAddress = new(url), Timeout = Patience }))];
        _ready = [.. _engines];
        _asking = Task.Run(AskAsync);
    }

    /// <summary>What callers were not answered.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public int Answers => _answers;

    /// <summary>Sends no more there, whatever it says of itself.</summary>
    public void Leave(string url) => _left[new Uri(url).ToString()] = true;

    public void ComeBack(string url) => _left.TryRemove(new Uri(url).ToString(), out _);

    public async Task<Outcome> SendAsync(OutsideLedger.Entry entry, CancellationToken cancellation)
    {
        HttpSender[] ready = [.. Volatile.Read(ref _ready).Where(engine => !HasLeft(engine.Health)).Select(engine => engine.Sender)];
        var since = Stopwatch.GetTimestamp();
        try
        {
            if (ready.Length == 0) throw new HttpRequestException($"No engine is ready: {string.Join("; ", _last)}");
            var outcome = await ready[(uint)Interlocked.Increment(ref _turn) % ready.Length].SendAsync(entry, cancellation);
            Interlocked.Increment(ref _answers);
            return outcome;
        }
        catch (Exception e) when (!_end.IsCancellationRequested)
        {
            _errors.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff}, after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms: {e.GetType().Name}: {e.Message} {e.InnerException?.Message}");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _asking;
        foreach (var (sender, health) in _engines)
        {
            await sender.DisposeAsync();
            health.Dispose();
        }

        _end.Dispose();
    }

    private async Task AskAsync()
    {
        using var timer = new PeriodicTimer(Pace);
        while (!_end.IsCancellationRequested)
        {
            var ready = await Task.WhenAll(_engines.Select(engine => IsReadyAsync(engine.Health)));
            Volatile.Write(ref _ready, [.. _engines.Where((_, i) => ready[i])]);
            try
            {
                await timer.WaitForNextTickAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private bool HasLeft(HttpClient health) => _left.ContainsKey($"{health.BaseAddress}");

    private async Task<bool> IsReadyAsync(HttpClient health)
    {
        try
        {
            using var answer = await health.GetAsync("/health/ready", _end.Token);
            _last[$"{health.BaseAddress}"] = await answer.Content.ReadAsStringAsync(_end.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            _last[$"{health.BaseAddress}"] = e.Message;
            return false;
        }
    }
}
