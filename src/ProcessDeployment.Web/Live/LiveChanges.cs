using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Live;

/// <summary>What happens, for one open page in the name of who looks at it; after another sign-in from another stream.</summary>
public sealed class LiveChanges : IDisposable
{
    private readonly LiveStreams _streams;
    private readonly SignedIn _who;
    private readonly Lock _lock = new();
    private readonly List<Listening> _all = [];

    internal LiveChanges(LiveStreams streams, SignedIn who)
    {
        (_streams, _who) = (streams, who);
        who.Renewed += MoveAll;
    }

    /// <summary>Calls back on any thread until disposed.</summary>
    public IDisposable Listen(Action<Change> listener)
    {
        var listening = new Listening(this, listener);
        lock (_lock) _all.Add(listening);
        if (_who.IsNeeded) _ = listening.JoinAsync();
        else listening.Join("");
        return listening;
    }

    public void Dispose() => _who.Renewed -= MoveAll;

    private void MoveAll()
    {
        lock (_lock)
        {
            foreach (var listening in _all) _ = listening.JoinAsync();
        }
    }

    private sealed class Listening(LiveChanges changes, Action<Change> listener) : IDisposable
    {
        private readonly Lock _lock = new();
        private IDisposable? _stream;
        private bool _isOver;

        public async Task JoinAsync() => Join(await changes._who.StreamAsync());

        public void Join(string key)
        {
            lock (_lock)
            {
                _stream?.Dispose();
                _stream = _isOver ? null : changes._streams.Listen(key, changes._who, listener);
            }
        }

        public void Dispose()
        {
            lock (changes._lock) changes._all.Remove(this);
            lock (_lock)
            {
                _isOver = true;
                _stream?.Dispose();
            }
        }
    }
}
