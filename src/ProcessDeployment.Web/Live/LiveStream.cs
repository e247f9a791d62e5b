using Microsoft.Extensions.Logging;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Live;

/// <summary>Listens once for all open pages of somebody and tells them what happens. It begins with the first page, goes on where it was, and ends some time after the last.</summary>
internal sealed class LiveStream : IDisposable
{
    /// <summary>An engine that ended the stream may be starting again: asked at once it would only say so.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly EngineApi _api;
    private readonly ILogger _log;
    private Action<Change>? _listeners;
    private Task? _listening;

    private readonly Action<LiveStream> _over;
    private bool _isOver;

    /// <param name="api">Asks in the name of who listens.</param>
    /// <param name="log">Where defects are told.</param>
    /// <param name="over">Nobody can listen to it any more: the sign-in has ended, or nobody did.</param>
    public LiveStream(EngineApi api, ILogger log, Action<LiveStream> over) => (_api, _log, _over) = (api, log, over);

    /// <summary>Calls back on any thread until disposed; null where it is over.</summary>
    public IDisposable? TryListen(Action<Change> listener)
    {
        lock (_lock)
        {
            if (_isOver) return null;
            _listeners += listener;
            _listening ??= Task.Run(ListenAsync);
        }

        return new Listening(this, listener);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        var (cancellation, last) = (_end.Token, (long?)null);
        while (!cancellation.IsCancellationRequested && IsWanted())
        {
            try
            {
                // From where the account is: what happens while the stream is opened must not be missed.
                last ??= await _api.HeadAsync(cancellation);
                await foreach (var change in _api.ChangesAsync(last, cancellation))
                {
                    last = change.Position;
                    Tell(change);
                }
            }
            catch (EngineProblemException e) when (e.Problem.Code == TicketHandler.Ended)
            {
                lock (_lock) _isOver = true;
                break;
            }
            catch (EngineException e)
            {
                _log.LogDebug(e, "Not listening to changes for a moment");
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, all pages would stand still from now on.
                _log.LogError(e, "Listening to changes failed; it goes on");
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!cancellation.IsCancellationRequested) _over(this);
    }

    /// <summary>Whether any page is still open; once none is, it is over.</summary>
    private bool IsWanted()
    {
        lock (_lock)
        {
            _isOver |= _listeners is null;
            return !_isOver;
        }
    }

    /// <summary>One that fails must not keep it from the others.</summary>
    private void Tell(Change change)
    {
        foreach (var listener in _listeners?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<Change>)listener)(change);
            }
            catch (Exception e)
            {
                _log.LogError(e, "A page did not take a change");
            }
        }
    }

    private sealed class Listening(LiveStream changes, Action<Change> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (changes._lock) changes._listeners -= listener;
        }
    }
}
