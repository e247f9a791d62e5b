using System.Diagnostics;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Jobs that are at work on one node take turns, each for a page of events or two: together they take no more of the machine than
/// one would, and a small one ends after a few turns, however long the others go on.
/// </summary>
internal sealed class RebuildTurns
{
    private readonly Lock _gate = new();
    private readonly Queue<Turn> _waiting = new();
    private Turn? _at;

    /// <summary>How long one goes on while another waits; what cannot be interrupted, as a page of a read model, may take longer.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the first turn. Whoever disposes of it lets the next one go on.</summary>
    public Turn Begin(CancellationToken cancellation)
    {
        var turn = new Turn(this);
        try
        {
            turn.Wait(cancellation);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>The right to go on, for a while.</summary>
    internal sealed class Turn(RebuildTurns turns) : IDisposable
    {
        private readonly ManualResetEventSlim _mine = new();
        private long _since;

        /// <summary>Between two pieces of work: lets the others go first when its time is over.</summary>
        public void Next(CancellationToken cancellation)
        {
            if (Stopwatch.GetElapsedTime(_since) < turns.Length) return;
            if (Leave()) Wait(cancellation);
            else _since = Stopwatch.GetTimestamp();
        }

        public void Dispose()
        {
            lock (turns._gate)
            {
                if (turns._at == this) turns.GoOn();
            }

            _mine.Dispose();
        }

        internal void Wait(CancellationToken cancellation)
        {
            lock (turns._gate)
            {
                _mine.Reset();
                turns._waiting.Enqueue(this);
                if (turns._at is null) turns.GoOn();
            }

            try
            {
                _mine.Wait(cancellation);
            }
            catch (OperationCanceledException)
            {
                turns.Forget(this);
                throw;
            }

            _since = Stopwatch.GetTimestamp();
        }

        internal void Go() => _mine.Set();

        /// <summary>False where nobody waits.</summary>
        private bool Leave()
        {
            lock (turns._gate)
            {
                if (turns._waiting.Count == 0) return false;
                turns.GoOn();
                return true;
            }
        }
    }

    private void GoOn()
    {
        _at = _waiting.TryDequeue(out var next) ? next : null;
        _at?.Go();
    }

    /// <summary>It waits no more; where it was to go on just then, the next one does.</summary>
    private void Forget(Turn turn)
    {
        lock (_gate)
        {
            for (var left = _waiting.Count; left > 0; left--)
            {
                if (_waiting.Dequeue() is var other && other != turn) _waiting.Enqueue(other);
            }

            if (_at == turn) GoOn();
        }
    }
}
