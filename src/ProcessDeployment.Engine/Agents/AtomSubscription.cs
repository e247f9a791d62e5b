using System.Threading.Channels;

namespace ProcessDeployment.Engine.Agents;

/// <summary>One that listens. Of what was told to it only the last counts: whoever is slow is told once, not often.</summary>
internal sealed class AtomSubscription(Guid atomId, Action<AtomSubscription> left) : IDisposable
{
    private readonly Channel<long> _told = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private int _gone;
    private int _revoked;

    public Guid AtomId { get; } = atomId;

    /// <summary>What happened later is told.</summary>
    public long Begin { get; set; }

    public void Tell(long position, bool revoked)
    {
        if (revoked) Volatile.Write(ref _revoked, 1);
        _told.Writer.TryWrite(position);
    }

    /// <summary>Whether a token of the Atom was revoked since somebody asked for the last time: only then it is worth a look whether it was this one.</summary>
    public bool SomeTokenWasRevoked() => Interlocked.Exchange(ref _revoked, 0) == 1;

    public ValueTask<long> NextAsync(CancellationToken cancellation) => _told.Reader.ReadAsync(cancellation);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _gone, 1) == 0) left(this);
    }
}

/// <summary>Who listens in an account, and until where they were told.</summary>
internal sealed class WatchedAccount
{
    private readonly Lock _lock = new();
    private readonly HashSet<AtomSubscription> _listeners = [];
    private long? _position;

    public void Add(AtomSubscription listener)
    {
        lock (_lock) _listeners.Add(listener);
    }

    public void Remove(AtomSubscription listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (_listeners.Count == 0) _position = null;
        }
    }

    /// <summary>Where the first begins, all begin who come later.</summary>
    public long BeginAt(long position)
    {
        lock (_lock)
        {
            _position ??= position;
            return position;
        }
    }

    /// <summary>What to look for; the position is null while nobody has begun.</summary>
    public (long? After, Guid[] AtomIds) Asked()
    {
        lock (_lock) return (_position, [.. _listeners.Select(listener => listener.AtomId).Distinct()]);
    }

    /// <summary>Each that concerns, and whether a token of it was revoked.</summary>
    public void Tell(IReadOnlyDictionary<Guid, bool> concerned, long position)
    {
        lock (_lock)
        {
            if (_position is null) return;
            _position = Math.Max(_position.Value, position);
            foreach (var listener in _listeners)
            {
                if (concerned.TryGetValue(listener.AtomId, out var revoked)) listener.Tell(position, revoked);
            }
        }
    }
}
