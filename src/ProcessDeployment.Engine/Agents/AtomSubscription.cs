using System.Threading.Channels;

namespace ProcessDeployment.Engine.Agents;

/// <summary>One that listens. Of what was told to it only the last counts: whoever is slow is told once, not often.</summary>
internal sealed class AtomSubscription(Guid atomId, Action<AtomSubscription> left) : IDisposable
{
    private readonly Channel<long> _told = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private int _gone;

    public Guid AtomId { get; } = atomId;

    /// <summary>What happened later is told.</summary>
    public long Begin { get; set; }

    public void Tell(long position) => _told.Writer.TryWrite(position);

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

    public void Tell(IReadOnlySet<Guid> concerned, long position)
    {
        lock (_lock)
        {
            if (_position is null) return;
            _position = Math.Max(_position.Value, position);
            foreach (var listener in _listeners.Where(listener => concerned.Contains(listener.AtomId))) listener.Tell(position);
        }
    }
}
